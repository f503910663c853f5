// A conversation as plain text, to copy and to save.

export function asText(conversation) {
  const turns = conversation.turns.filter((turn) => turn.state === "done");
  return turns.map((turn) => `You: ${turn.request}\n\nUsher: ${turn.text}\n`).join("\n");
}

export async function copy(text) {
  await navigator.clipboard.writeText(text);
}

/** Let the browser save a text as a file. */
export function save(text, name, type = "text/plain") {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
