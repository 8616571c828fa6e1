/** Where a worker thread's program lies: beside its starter in the sources, at the top of the folder in the built program. */

/** @param starter the starter's `import.meta.url`. @param name of the thread's file, without its ending. */
export function threadFile(starter: string, name: string): URL {
  if (starter.endsWith('.ts')) return new URL(`./${name}.ts`, starter);
  return new URL(starter.includes('/chunks/') ? `../${name}.js` : `./${name}.js`, starter);
}
