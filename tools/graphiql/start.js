// One example after the other, each asked as its persona with a token of the persona's own.
(async () => {
  const examples = await (await fetch('examples.json')).json();
  const select = document.getElementById('example');
  const status = document.getElementById('status');
  const root = ReactDOM.createRoot(document.getElementById('graphiql'));
  for (const [index, { persona, title }] of examples.entries()) select.add(new Option(`${persona}: ${title}`, index));

  async function show() {
    const { persona, query } = examples[select.value];
    const answer = await fetch('/dev/token', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ persona }) });
    const { accessToken, error } = await answer.json();
    status.textContent = error ?? '';
    const fetcher = async (request) => (await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', authorization: `Bearer ${accessToken}` },
      body: JSON.stringify(request),
    })).json();
    root.render(React.createElement(GraphiQL, { key: select.value, fetcher, query, storage: { getItem: () => null, setItem() {}, removeItem() {}, clear() {}, length: 0 } }));
  }

  select.addEventListener('change', show);
  await show();
})();
