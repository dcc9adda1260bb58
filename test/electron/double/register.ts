import { registerHooks } from 'node:module';

/** For `node --import`: whoever imports `electron` gets the double. */
const url = new URL('./electron-module.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) => (specifier === 'electron' ? { url, shortCircuit: true } : next(specifier, context)),
});
