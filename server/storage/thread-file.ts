/** Where the program of a thread or process lies: in the sources, or at the top of the folder in the built program. */

/**
 * @param starter the starter's `import.meta.url`.
 * @param path of the file in the sources, from the starter's folder and without its ending.
 */
export function threadFile(starter: string, path: string): URL {
  if (starter.endsWith('.ts')) return new URL(`${path}.ts`, starter);
  const built = `${path.slice(path.lastIndexOf('/') + 1)}.js`;
  return new URL(starter.includes('/chunks/') ? `../${built}` : `./${built}`, starter);
}
