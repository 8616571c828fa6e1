/** Loaded before the app: from here on `electron`, imported or required, is the stand-in. */
import { registerHooks } from 'node:module';

const standIn = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron' || specifier === 'electron/main') {
      return { url: standIn, format: 'module-typescript', shortCircuit: true };
    }
    return next(specifier, context);
  },
});

Object.assign(process.versions, { electron: '45.4.1-stand-in' });
Object.assign(process, { type: 'browser', defaultApp: true });
