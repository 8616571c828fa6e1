/** Starts the app whose folder or file is the first argument, as Electron's own start does. */
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from './app.ts';
import './electron.ts';

let entry = resolve(process.argv[2] ?? '.');
if (statSync(entry).isDirectory()) {
  const manifest = JSON.parse(readFileSync(join(entry, 'package.json'), 'utf8'));
  app.standInIsApp(entry, manifest);
  entry = join(entry, manifest.main ?? 'index.js');
}
// As in Electron: the executable, the app's path, the app's own arguments.
process.argv.splice(1, 1);
await import(pathToFileURL(entry).href);
