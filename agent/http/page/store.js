// Conversations and settings, kept in this browser only.

const CONVERSATIONS = "usher.conversations";
const SETTING = "usher.setting.";
const MOST = 100; // conversations
const ITEMS = 50; // of an answer; later ones have no facts to show

export function setting(name) {
  return localStorage.getItem(SETTING + name) ?? "";
}

export function keepSetting(name, value) {
  if (value) localStorage.setItem(SETTING + name, value);
  else localStorage.removeItem(SETTING + name);
}

/** Return the conversations, the last used first; what is not readable as them is none. */
export function conversations() {
  try {
    const kept = JSON.parse(localStorage.getItem(CONVERSATIONS) ?? "[]");
    return Array.isArray(kept) ? kept.filter((each) => each && Array.isArray(each.turns)) : [];
  } catch {
    return [];
  }
}

export function started(model, person) {
  return { id: crypto.randomUUID?.() ?? String(Math.random()), model, person, turns: [] };
}

/** Keep a conversation as the last used; return how many others had to go for it. */
export function keep(conversation) {
  const small = { ...conversation, turns: conversation.turns.map(trimmed) };
  const others = conversations().filter((each) => each.id !== conversation.id); // another window may have added some
  const all = [small, ...others].slice(0, MOST);
  let gone = 1 + others.length - all.length;
  while (all.length) {
    try {
      localStorage.setItem(CONVERSATIONS, JSON.stringify(all));
      return gone;
    } catch {
      all.pop(); // the browser keeps some megabytes
      gone += 1;
    }
  }
  return gone;
}

export function remove(id) {
  localStorage.setItem(CONVERSATIONS, JSON.stringify(conversations().filter((each) => each.id !== id)));
}

/** Remove the conversations of a person. */
export function removeOf(person) {
  localStorage.setItem(CONVERSATIONS, JSON.stringify(conversations().filter((each) => each.person !== person)));
}

export function titleOf(conversation) {
  return conversation.turns[0]?.request ?? "New conversation";
}

function trimmed(turn) {
  const usher = turn.usher;
  if (!usher || usher.items.length <= ITEMS) return turn;
  return { ...turn, usher: { ...usher, items: usher.items.slice(0, ITEMS) }, total: usher.items.length };
}
