// A real SMTP server that keeps what it gets in memory and shows it.
//   node mailbox.mjs --smtp 1025 --http 1080
// GET / is a page, GET /mails the same as JSON, DELETE /mails empties it. Addresses that begin with "refused" are refused for good,
// those that begin with "busy" for now, both in words that repeat the address, as servers do. "rcpt554@…" is answered 554 as a recipient,
// "data554@…" once the mail is there, "mail530@…" as a sender; --greeting 554 greets everybody so.
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";

const { values: options } = parseArgs({ options: { smtp: { type: "string", default: "1025" }, http: { type: "string", default: "1080" }, greeting: { type: "string" } } });
const most = 500;
const mails = [];

const answer = (responseCode, text) => Object.assign(new Error(text), { responseCode: Number(responseCode) });
const refusal = (step, address) => {
  const code = address.startsWith("refused") && step === "rcpt" ? 550 : address.startsWith("busy") && step === "rcpt" ? 451 : address.match(`^${step}(\\d{3})`)?.[1];
  return code && answer(code, `<${address}>: ${code < 500 ? "Greylisted, try again later" : "Rejected"}`);
};

const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS", "AUTH"],
  onConnect: (_session, done) => done(options.greeting && answer(options.greeting, "No mail here")),
  onMailFrom: ({ address }, _session, done) => done(refusal("mail", address)),
  onRcptTo: ({ address }, _session, done) => done(refusal("rcpt", address)),
  onData: (stream, session, done) => {
    stream.toArray().then((parts) => PostalMime.parse(Buffer.concat(parts))).then((mail) => {
      const refused = session.envelope.rcptTo.map((r) => refusal("data", r.address)).find(Boolean);
      if (refused) return done(refused);
      mails.unshift({
        to: session.envelope.rcptTo.map((r) => r.address),
        from: session.envelope.mailFrom.address,
        subject: mail.subject,
        text: mail.text,
        messageId: mail.messageId,
        connection: session.id,
        at: new Date().toISOString(),
      });
      mails.length = Math.min(mails.length, most);
      done();
    }, done);
  },
});

const escape = (text) => String(text ?? "").replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
const page = () => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Mailbox</title>
<style>body{font:1rem system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}article{border-top:1px solid #b1b4b6;padding:1rem 0}pre{white-space:pre-wrap}</style>
<h1>Mailbox</h1><p>${mails.length} mails, newest first. Development only.</p>
${mails.map((m) => `<article><h2>${escape(m.subject)}</h2><p>To ${escape(m.to.join(", "))}, ${escape(m.at)}</p><pre>${escape(m.text)}</pre></article>`).join("\n")}</html>`;

const http = createServer((request, response) => {
  if (request.method === "DELETE") mails.length = 0;
  const json = request.url !== "/";
  response.writeHead(200, { "content-type": json ? "application/json" : "text/html; charset=utf-8", "cache-control": "no-store" });
  response.end(json ? JSON.stringify(mails) : page());
});

smtp.listen(Number(options.smtp), "127.0.0.1", () => http.listen(Number(options.http), "127.0.0.1", () => {
  console.log(JSON.stringify({ smtp: smtp.server.address().port, http: http.address().port }));
}));
// The server goes when whoever started it goes.
process.stdin.on("end", () => process.exit(0)).resume();
