import { hydrateRoot } from 'react-dom/client';
import { App } from './app.jsx';

const root = document.getElementById('root');
const props = JSON.parse(document.getElementById('page-data').textContent);

hydrateRoot(root, <App {...props} />, {
  // A mismatch means that the two bundles, or the data, disagree: leave a trace that a test can read.
  onRecoverableError(error) {
    root.dataset.hydrationError = String(error);
    console.error(error);
  },
});
