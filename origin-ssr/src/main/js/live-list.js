import { useEffect, useRef, useState } from 'react';
import { listQuery } from './wording.js';

const pause = 150;

function edited(form) {
  const fields = new FormData(form);
  return { q: fields.get('q').trim(), school: fields.get('school'), level: fields.get('level'), sort: fields.get('sort') };
}

/** The list as the server sent it, and then as the reader's edits make it: the latest edit wins, older answers are dropped. */
export function useLiveList(initial) {
  const [list, setList] = useState(initial);
  const [failed, setFailed] = useState(false);
  const pending = useRef(null);

  useEffect(() => () => pending.current?.abort(), []);

  function edit(form) {
    pending.current?.abort();
    const attempt = new AbortController();
    pending.current = attempt;
    const query = listQuery(edited(form));
    const timer = setTimeout(() => load(query, attempt.signal), pause);
    attempt.signal.addEventListener('abort', () => clearTimeout(timer));
  }

  async function load(query, signal) {
    try {
      const answer = await fetch(`/api/spells${query}`, { signal });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      setList(await answer.json());
      setFailed(false);
      history.replaceState(null, '', `/spells${query}`);
    } catch {
      if (!signal.aborted) setFailed(true);
    }
  }

  return { list, failed, edit };
}
