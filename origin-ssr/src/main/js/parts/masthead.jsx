import { counted } from '../wording.js';
import { usePrepared } from '../prepared.js';

export function Masthead() {
  const prepared = usePrepared();
  return (
    <header className="masthead">
      <a className="brand" href="/spells">
        <span aria-hidden="true">✦</span> The Tidemark Spellbook
      </a>
      {prepared.length > 0 && (
        <p className="prepared-count" role="status">
          {counted(prepared.length, 'spell')} prepared
        </p>
      )}
    </header>
  );
}
