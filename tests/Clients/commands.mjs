// Commands come as lines of JSON { do, … }, each is answered by one line: what the command's function returns, or { failed }.
import { createInterface } from 'node:readline';

export async function serve(commands) {
  for await (const line of createInterface({ input: process.stdin })) {
    const command = JSON.parse(line);
    try {
      console.log(JSON.stringify((await commands[command.do](command)) ?? {}));
    } catch (error) {
      console.log(JSON.stringify({ failed: String(error?.message ?? error) }));
    }
  }
}

/** Messages of one subscription, to be awaited by number. */
export class Inbox {
  messages = [];
  ended = null;
  #waiting = [];

  put(message) {
    this.messages.push(message);
    this.#wake();
  }

  end(how) {
    this.ended ??= how;
    this.#wake();
  }

  /** Until there are so many, or it has ended. */
  async count(number) {
    while (this.messages.length < number && !this.ended) await new Promise((resolve) => this.#waiting.push(resolve));
    return this.messages.length;
  }

  async finished() {
    while (!this.ended) await new Promise((resolve) => this.#waiting.push(resolve));
    return this.ended;
  }

  #wake() {
    this.#waiting.splice(0).forEach((resolve) => resolve());
  }
}
