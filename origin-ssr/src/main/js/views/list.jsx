import { useLiveList } from '../live-list.js';
import { Filters } from '../parts/filters.jsx';
import { Pager } from '../parts/pager.jsx';
import { SpellCard } from '../parts/spell-card.jsx';
import { counted } from '../wording.js';

export function ListView({ list: initial, schools }) {
  const { list, failed, edit } = useLiveList(initial);
  const { spells, query, total, page, pages } = list;
  return (
    <>
      <h1>Spells</h1>
      <Filters query={initial.query} schools={schools} onEdit={edit} />
      <p className="found" role="status">
        {failed ? 'The list could not be loaded; the Search button still works.' : `${counted(total, 'spell')} found`}
        {query.q && !failed && ` for “${query.q}”`}
      </p>
      {spells.length > 0 ? (
        <ul className="cards">
          {spells.map((spell) => (
            <SpellCard key={spell.id} spell={spell} />
          ))}
        </ul>
      ) : (
        <p className="empty">
          Nothing in the book matches. <a href="/spells">Show every spell</a>
        </p>
      )}
      <Pager query={query} page={page} pages={pages} />
    </>
  );
}
