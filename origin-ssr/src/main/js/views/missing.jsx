export function MissingView({ what }) {
  return (
    <article className="missing">
      <h1>{what === 'spell' ? 'No such spell' : 'No such page'}</h1>
      <p>The leaf you are looking for is not bound into this book. It may have been renamed, or never written.</p>
      <p>
        <a href="/spells">Browse every spell</a>
      </p>
    </article>
  );
}
