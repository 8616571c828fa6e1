/**
 * Each lie that a test tells, and the words that a clinic then reads, English and German, as `docs/lies.md` says them. The page is written
 * by the tests that tell the lies (`LIES=write`), and compared with what they tell otherwise.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createInstance, type TFunction } from 'i18next';
import { expect, test } from 'vitest';
import german from '../../renderer/language/de.json' with { type: 'json' };
import english from '../../renderer/language/en.json' with { type: 'json' };
import { refusalWords } from '../../renderer/parts/words/refusal-words.ts';
import { evidenceWords } from '../../renderer/staff/ledger/evidence-words.ts';
import { isCaught } from '../../server/sync/evidence/caught.ts';
import type { Failure } from '../../shared/outcome/failure.ts';

const PAGE = new URL('../../docs/lies.md', import.meta.url);
const spoken = { en: english, de: german };

interface Heard {
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, string | number>>;
}

/** The hubs of tests are at ports that change from run to run. */
const ofNamedHub = ({ code, message, details }: Heard): Heard =>
  JSON.parse(JSON.stringify({ code, message, details }).replaceAll(/localhost:\d+/g, 'hub.example.org:7443'));

type Words = readonly [title: string, what: string, steps: string];

export class BookOfLies {
  readonly #section: string;
  /** The lie, whether it is kept as an alarm, and what it was called. */
  readonly #told = new Map<string, { readonly what: string; readonly isAlarm: boolean; readonly heard: Heard }>();

  /** @param section which tables of the page these lies stand in */
  constructor(section: string) {
    this.#section = section;
  }

  /** What a desk says of the lie that the running test tells, or of `lie`. What means a lying hub is an alarm at any desk. */
  heard(error: unknown, lie = expect.getState().currentTestName, isAlarm = isCaught(error as Failure)): void {
    const what = (lie ?? '').split(' > ').slice(-2).join(': ');
    const heard = ofNamedHub(error as Heard);
    if (heard.code) this.#told.set(`${what} ${heard.code}`, { what, isAlarm, heard });
  }

  /** An alarm of the ledger screen. */
  alarm(row: Heard | undefined, lie?: string): void {
    if (row) this.heard(row, lie, true);
  }

  /** The last test of a file. */
  isOnThePage(): void {
    test('docs/lies.md says what was told and what a clinic reads', async () => {
      const tables = await this.#tables();
      const page = readFileSync(PAGE, 'utf8');
      const [begin, end] = [`<!-- ${this.#section} -->\n`, `<!-- end of ${this.#section} -->`];
      const [before = '', rest = ''] = page.split(begin);
      const [now = '', after = ''] = rest.split(end);
      if (process.env.LIES === 'write') writeFileSync(PAGE, `${before}${begin}${tables}${end}${after}`);
      else expect(now, 'write it anew: LIES=write npx vitest run with this file').toBe(tables);
    });
  }

  async #tables(): Promise<string> {
    const told = [...this.#told.values()];
    const lies = told.map(({ what, heard, isAlarm }) => `| ${cell(what)} | \`${heard.code}\`${isAlarm ? '' : ' (refused)'} |`);
    const codes = [...new Map(told.map(({ heard, isAlarm }) => [`${heard.code} ${isAlarm}`, { heard, isAlarm }])).values()];
    const sorted = codes.sort((a, b) => (a.heard.code < b.heard.code ? -1 : 1));
    const rows = await Promise.all(
      sorted.map(async ({ heard, isAlarm }) => {
        const [en, de] = [await words('en', heard, isAlarm), await words('de', heard, isAlarm)];
        const both = [en, de].map(([title, what]) => cell(title === '' ? what : `**${title}** ${what}`));
        return `| \`${heard.code}\` | ${both.join(' | ')} | ${cell(en[2])} |`;
      }),
    );
    return [
      '\n| what was done | what it is called |\n|---|---|\n',
      ...lies.map((line) => `${line}\n`),
      '\n| called | English | German | what to do |\n|---|---|---|---|\n',
      ...rows.map((line) => `${line}\n`),
      '\n',
    ].join('');
  }
}

async function words(language: keyof typeof spoken, heard: Heard, isAlarm: boolean): Promise<Words> {
  const instance = createInstance();
  const t = (await instance.init({
    lng: language,
    resources: { [language]: { translation: spoken[language] } },
    interpolation: { escapeValue: false },
  })) as TFunction;
  if (!isAlarm) return ['', refusalWords(t, (key) => instance.getResource(language, 'translation', key))(heard), ''];
  const { title, what, steps } = evidenceWords(t, (time) => new Date(time).toISOString())(heard);
  return [`${title}.`, what, steps.map((step, at) => `${at + 1}. ${step}`).join(' ')];
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
