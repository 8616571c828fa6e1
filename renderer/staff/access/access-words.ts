/** What a line says, in the person's language. A word that this program does not know stands as it is. */
import type { TFunction } from 'i18next';
import type { Format } from '../../parts/words/use-format.ts';

const ACTIONS = [
  'open',
  'cover',
  'break-glass',
  'consents',
  'access-log',
  'access-export',
  'erasure',
  'import',
  'sharing',
  'fhir-read',
  'queue',
  'tasks',
  'payments',
  'consult',
  'second-opinion',
  'monitoring',
  'fhir-write',
  'fhir-export',
  'print',
  'card',
  'guardian',
] as const;
const PROCESSES = ['import', 'sharing', 'export', 'monitoring', 'kiosk'] as const;
const CATEGORIES = [
  'identity',
  'clinical',
  'sensitive',
  'medication',
  'genomic',
  'telemedicine',
  'device',
  'research',
  'emergency',
  'consents',
  'payment',
] as const;

export function actionWord(t: TFunction, action: string): string {
  const known = ACTIONS.find((name) => name === action);
  return known ? t(`access.actions.${known}`) : action;
}

export function processWord(t: TFunction, process: string): string {
  const known = PROCESSES.find((name) => name === process);
  return known ? t(`access.processes.${known}`) : process;
}

export function categoryWords(t: TFunction, format: Format, categories: readonly string[]): string {
  const words = categories.map((category) => {
    const known = CATEGORIES.find((name) => name === category);
    return known ? t(`access.categories.${known}`) : category;
  });
  return format.list(words);
}

/** `10:02 – 10:41` of a day, or one time. */
export function whenWords(format: Format, first: number, last: number): string {
  if (last - first < 60_000) return format.moment(last);
  const [from, to] = [new Date(first), new Date(last)];
  const isSameDay = from.toDateString() === to.toDateString();
  return isSameDay ? `${format.moment(first)} – ${format.time(last)}` : `${format.moment(first)} – ${format.moment(last)}`;
}
