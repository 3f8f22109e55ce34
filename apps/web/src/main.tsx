import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/source-serif-4/wght.css';
import './mantine.css';
import 'virtual:theme.css';
import './styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { showColorScheme } from './parts/color-scheme.ts';
import { keepFilesOnDevice } from './service-worker.ts';
import { loadSections } from './words/sections.ts';
import { chosenLanguage } from './words/words.tsx';

showColorScheme();
const language = chosenLanguage();
const messages = await loadSections(language);
const element = document.getElementById('root');
if (element === null) throw new Error('The page has no element #root.');
createRoot(element).render(
  <StrictMode>
    <App language={language} messages={messages} />
  </StrictMode>,
);
keepFilesOnDevice();
