import './polyfill.js';
import { renderToStaticMarkup, renderToString } from 'react-dom/server';
import { App } from './app.jsx';
import { Document } from './document.jsx';

// The one function that Java calls. Both arguments are JSON; `page` already has every `<`, `>`, `&`, U+2028 and
// U+2029 written as an escape, so it goes into the document as it came and the browser parses the same bytes.
globalThis.renderPage = (page, assets) => {
  const props = JSON.parse(page);
  const markup = renderToString(<App {...props} />);
  const { script, style } = JSON.parse(assets);
  return (
    '<!doctype html>' +
    renderToStaticMarkup(<Document props={props} page={page} markup={markup} script={script} style={style} />)
  );
};
