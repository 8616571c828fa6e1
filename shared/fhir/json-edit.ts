/** Changes one member of a resource in its exact text: all else stays byte for byte. Only on text that the strict reader has accepted. */
import { memberAt, membersOf, rootOf } from './json-cursor.ts';

/** @param value JSON */
export function withMember(text: string, name: string, value: string): string {
  const root = rootOf(text);
  const known = memberAt(text, root.start, name);
  if (known) return text.slice(0, known.start) + value + text.slice(known.end);
  const at = root.end - 1;
  return `${text.slice(0, at)},${JSON.stringify(name)}:${value}${text.slice(at)}`;
}

export function withoutMember(text: string, name: string): string {
  const members = [...membersOf(text, rootOf(text).start)];
  const others = members.filter((member) => member.name !== name);
  if (others.length === members.length) return text;
  return `{${others.map((each) => `${JSON.stringify(each.name)}:${text.slice(each.start, each.end)}`).join(',')}}`;
}
