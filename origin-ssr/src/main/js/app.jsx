import { Masthead } from './parts/masthead.jsx';
import { DetailView } from './views/detail.jsx';
import { ListView } from './views/list.jsx';
import { MissingView } from './views/missing.jsx';

const views = { list: ListView, detail: DetailView, missing: MissingView };

export function App(props) {
  const View = views[props.view];
  return (
    <>
      <a className="skip" href="#content">
        Skip to content
      </a>
      <Masthead />
      <main id="content">
        <View {...props} />
      </main>
      <footer className="foot">
        <p>Every spell here is invented. Cast at your own risk.</p>
      </footer>
    </>
  );
}
