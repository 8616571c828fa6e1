/** Ids are drawn anew in each clinic: the same text with each of them named by its order. */
export function withoutIds(text: string): string {
  const names = new Map<string, string>();
  return text.replaceAll(/[0-9a-f]{32,64}/g, (id) => {
    const name = names.get(id) ?? `${id.length}-${names.size}`.padEnd(id.length, '.');
    names.set(id, name);
    return name;
  });
}
