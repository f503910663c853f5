// What the page asks of the server: the protocol of docs/api.md, with a key where the server wants one.

const KEY = "usher.key";

/** An error that the server gave, or that there is no server. */
export class ServerError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** Keep the key of the server until the window closes. */
export function keepKey(key) {
  sessionStorage.setItem(KEY, key);
}

function headers() {
  const key = sessionStorage.getItem(KEY);
  const own = { "content-type": "application/json" };
  return key ? { ...own, authorization: `Bearer ${key}` } : own;
}

async function sent(path, { method = "GET", body, signal } = {}) {
  let response;
  try {
    const text = body === undefined ? undefined : JSON.stringify(body);
    response = await fetch(path, { method, headers: headers(), body: text, signal });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ServerError("Usher does not answer. Is `usher serve` running?", 0);
  }
  if (response.ok) return response;
  let message = `the server answered ${response.status}`;
  try {
    message = (await response.json()).error.message;
  } catch { /* no error of the protocol: the status has to do */ }
  throw new ServerError(message, response.status);
}

const json = async (path, options) => (await sent(path, options)).json();

/** Return the models: `usher` and one a catalogue. */
export const models = async () => (await json("v1/models")).data;

/** Return what a catalogue holds, and requests that it can answer. */
export const welcome = (model) => json(`v1/welcome?model=${encodeURIComponent(model)}`);

/** Return the facts that prove conditions of items, and their picture. */
export const proof = (body) => json("v1/proof", { method: "POST", body });

const of = (person, model, rest = "") =>
  `v1/people/${encodeURIComponent(person)}${rest}?model=${encodeURIComponent(model)}`;

/** What is remembered of a person, and how they change it. */
export const people = {
  show: (person, model) => json(of(person, model)),
  say: (person, model, body) => json(of(person, model, "/items"), { method: "POST", body }),
  profile: (person, model, body) => json(of(person, model, "/profile"), { method: "PATCH", body }),
  withdraw: (person, model, number) => json(of(person, model, `/wishes/${number}`), { method: "DELETE" }),
  export: async (person, model) => (await sent(of(person, model, "/export"))).text(),
  delete: (person, model) => json(of(person, model), { method: "DELETE" }),
};

/**
 * Answer the last of some messages. `onStep` sees the steps as they happen, `onProgress` how far long work
 * is (empty: it ended), `onText` the text so far.
 * Returns {text, usher, view}.
 */
export async function answer({ model, messages, person, signal, onStep, onProgress, onText }) {
  const body = { model, messages, stream: true, stream_options: { include_steps: true } };
  if (person) body.user = person;
  const response = await sent("v1/chat/completions", { method: "POST", body, signal });
  const reply = { text: "", usher: null, view: null };
  for await (const chunk of events(response.body)) {
    if (chunk.error) throw new ServerError(chunk.error.message, 500);
    if (chunk.usher_step) onStep(chunk.usher_step);
    if (chunk.usher_progress !== undefined) onProgress(chunk.usher_progress);
    const piece = chunk.choices?.[0]?.delta?.content;
    if (piece) {
      reply.text += piece;
      onText(reply.text);
    }
    if (chunk.usher) reply.usher = chunk.usher;
    if (chunk.usher_view) reply.view = chunk.usher_view;
  }
  if (!reply.usher) throw new ServerError("The answer broke off. Ask again.", 0);
  return reply;
}

/** Yield the data of server-sent events; a multi-byte letter or an event may come in pieces. */
async function* events(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const parts = (rest + value).split("\n\n");
    rest = parts.pop();
    for (const part of parts) {
      const data = part.replace(/^data: /, "");
      if (data === "[DONE]") return;
      yield JSON.parse(data);
    }
  }
}
