import { togglePrepared, useHydrated, usePrepared } from '../prepared.js';

export function PrepareButton({ id, name }) {
  const hydrated = useHydrated();
  const prepared = usePrepared().includes(id);
  if (!hydrated) return null;
  return (
    <button type="button" className="prepare" aria-pressed={prepared} onClick={() => togglePrepared(id)}>
      <span aria-hidden="true">{prepared ? '★' : '☆'}</span> {prepared ? 'Prepared' : 'Prepare'}
      <span className="unseen"> {name}</span>
    </button>
  );
}
