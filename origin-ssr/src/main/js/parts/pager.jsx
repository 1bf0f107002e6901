import { listQuery } from '../wording.js';

export function Pager({ query, page, pages }) {
  if (pages < 2) return null;
  const to = (target) => `/spells${listQuery({ ...query, page: target })}`;
  return (
    <nav className="pager" aria-label="Pages">
      {page > 1 ? (
        <a rel="prev" href={to(page - 1)}>
          ← Previous
        </a>
      ) : (
        <span />
      )}
      <span>
        Page {page} of {pages}
      </span>
      {page < pages ? (
        <a rel="next" href={to(page + 1)}>
          Next →
        </a>
      ) : (
        <span />
      )}
    </nav>
  );
}
