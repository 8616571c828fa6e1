/** A part of a guide, cut out of its Markdown and taken apart as far as our own guides use it: paragraphs, lists, tables and headings. */

export type GuideBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly rows: ReadonlyArray<readonly string[]> };

/** A run of text: plain, strong, or as it is typed. */
interface GuideRun {
  readonly style: 'plain' | 'strong' | 'code';
  readonly text: string;
  /** Where it begins. */
  readonly at: number;
}

const levelOf = (line: string): number => /^#+(?= )/.exec(line)?.[0].length ?? 0;

/** From the heading `part` to the next of its level or above; what a picture shows is left to the guide itself, and links are their words. */
export function guidePart(markdown: string, part: string): GuideBlock[] {
  const lines = markdown.split('\n');
  const begin = lines.findIndex((line) => levelOf(line) > 0 && line.replace(/^#+ /, '') === part);
  if (begin < 0) return [];
  const level = levelOf(lines[begin] as string);
  const rest = lines.slice(begin + 1);
  const end = rest.findIndex((line) => levelOf(line) > 0 && levelOf(line) <= level);
  const text = (end < 0 ? rest : rest.slice(0, end)).filter((line) => !line.startsWith('!['));
  return text
    .join('\n')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .split(/\n{2,}/)
    .map((block) => block.trim())
    .filter((block) => block !== '')
    .map(blockOf);
}

function blockOf(block: string): GuideBlock {
  const lines = block.split('\n');
  if (levelOf(block) > 0) return { kind: 'heading', text: block.replace(/^#+ /, '') };
  if (block.startsWith('|')) {
    const rows = lines.filter((line) => !/^\|[\s|:-]+\|$/.test(line));
    return {
      kind: 'table',
      rows: rows.map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      ),
    };
  }
  if (!/^(?:[-*]|\d+\.) /.test(block)) return { kind: 'paragraph', text: lines.join(' ') };
  const items: string[] = [];
  for (const line of lines)
    if (/^(?:[-*]|\d+\.) /.test(line)) items.push(line.replace(/^(?:[-*]|\d+\.) /, ''));
    else items.push(`${items.pop() ?? ''} ${line.trim()}`);
  return { kind: 'list', items };
}

/** What is emphasised in either way is strong. */
export function guideRuns(text: string): GuideRun[] {
  let at = 0;
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*]+\*)/).flatMap((run): GuideRun[] => {
    const begin = at;
    at += run.length;
    if (run === '') return [];
    if (run.startsWith('`') && run.endsWith('`')) return [{ style: 'code', text: run.slice(1, -1), at: begin }];
    const isStrong = run.startsWith('*') && run.endsWith('*') && run.length > 2;
    return [{ style: isStrong ? 'strong' : 'plain', text: isStrong ? run.replaceAll('*', '') : run, at: begin }];
  });
}
