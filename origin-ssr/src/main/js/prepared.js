import { useSyncExternalStore } from 'react';

// Which spells the reader has prepared: kept by the browser alone, so that the server's pages are the same for all.

const key = 'prepared-spells';
const none = Object.freeze([]);
const listeners = new Set();
let current = null;

function read() {
  try {
    const stored = JSON.parse(localStorage.getItem(key));
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : none;
  } catch {
    return none;
  }
}

function snapshot() {
  current ??= read();
  return current;
}

function changed() {
  for (const listener of listeners) listener();
}

function subscribe(listener) {
  listeners.add(listener);
  const otherTab = (event) => {
    if (event.key === key) {
      current = null;
      changed();
    }
  };
  addEventListener('storage', otherTab);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', otherTab);
  };
}

export function usePrepared() {
  return useSyncExternalStore(subscribe, snapshot, () => none);
}

export function togglePrepared(id) {
  const ids = snapshot();
  current = ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id];
  try {
    localStorage.setItem(key, JSON.stringify(current));
  } catch {
    // Storage is full or forbidden: the choice lasts as long as the page.
  }
  changed();
}

const never = () => () => {};

/** False on the server and in the first render of the browser, so that a page without JavaScript shows no dead button. */
export function useHydrated() {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
