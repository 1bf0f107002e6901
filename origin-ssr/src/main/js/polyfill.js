// What react-dom/server touches while it loads, and a bare V8 isolate lacks. A page is rendered in one synchronous
// call, so nothing here ever has to run later: a timer or message that someone starts is a mistake and says so.
// V8 has no encoder, streams, timers or message channel of its own; console is swallowed except for errors, which
// become exceptions so that a page with a React error is never sent as a good one.

class Utf8Encoder {
  encode(text) {
    const escaped = unescape(encodeURIComponent(text));
    return Uint8Array.from(escaped, (character) => character.charCodeAt(0));
  }
}

function unavailable(name) {
  return () => {
    throw new Error(`${name} is not available while a page is rendered`);
  };
}

class Channel {
  constructor() {
    this.port1 = { onmessage: null };
    this.port2 = { postMessage: unavailable('MessageChannel') };
  }
}

const quiet = () => {};

Object.assign(globalThis, {
  TextEncoder: Utf8Encoder,
  MessageChannel: Channel,
  setTimeout: unavailable('setTimeout'),
  clearTimeout: quiet,
  queueMicrotask: unavailable('queueMicrotask'),
  console: {
    log: quiet,
    info: quiet,
    warn: quiet,
    debug: quiet,
    error(message) {
      throw new Error(String(message));
    },
  },
});
