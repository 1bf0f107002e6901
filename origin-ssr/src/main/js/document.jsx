const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E" +
  "%3Cpath fill='%237a4fd0' d='M8 0l2 6 6 2-6 2-2 6-2-6-6-2 6-2z'/%3E%3C/svg%3E";

function titleOf(props) {
  if (props.view === 'detail') return `${props.spell.name} · The Tidemark Spellbook`;
  if (props.view === 'missing') return 'Not found · The Tidemark Spellbook';
  return 'The Tidemark Spellbook';
}

function summaryOf(props) {
  return props.view === 'detail' ? props.spell.description : 'Spells of eight schools, to search, read and prepare.';
}

/** The page around the hydrated root; rendered on the server only. */
export function Document({ props, page, markup, script, style }) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="description" content={summaryOf(props)} />
        <title>{titleOf(props)}</title>
        <link rel="icon" href={icon} />
        <link rel="stylesheet" href={style} />
      </head>
      <body>
        <div id="root" dangerouslySetInnerHTML={{ __html: markup }} />
        <script id="page-data" type="application/json" dangerouslySetInnerHTML={{ __html: page }} />
        <script src={script} defer />
      </body>
    </html>
  );
}
