/**
 * What the help beside each screen leads to: the one list, by screen. Words stand in the languages under `help.topics`; a screen
 * without a topic does not compile, one without words or with a guide that is not there fails test/rules/every-screen-has-help.
 */
import type { ScreenName } from './screen-names.ts';

export interface HelpTopic {
  /** A file of docs/. */
  readonly guide: 'staff.md' | 'administrators.md' | 'fhir-api.md';
  /** Its heading. */
  readonly part: string;
}

/** Places that are no screen of the navigation: an open chart, and the sheet of who reads none. */
export type HelpName = ScreenName | 'chart' | 'sheet';

export const helpTopics: Readonly<Record<HelpName, HelpTopic>> = {
  fleet: { guide: 'administrators.md', part: 'The fleet' },
  today: { guide: 'staff.md', part: 'Today' },
  monitoring: { guide: 'staff.md', part: 'Monitoring' },
  patients: { guide: 'staff.md', part: 'Finding and registering' },
  cards: { guide: 'staff.md', part: 'Care cards' },
  consults: { guide: 'staff.md', part: 'Asking another clinic' },
  conflicts: { guide: 'staff.md', part: 'A change for another clinic' },
  import: { guide: 'staff.md', part: 'Import' },
  export: { guide: 'staff.md', part: 'Export' },
  offers: { guide: 'staff.md', part: 'Sharing' },
  ledger: { guide: 'staff.md', part: 'How far an act has got' },
  sync: { guide: 'staff.md', part: 'Without a line' },
  staff: { guide: 'staff.md', part: 'Standing in for a colleague' },
  training: { guide: 'staff.md', part: 'Training' },
  access: { guide: 'staff.md', part: 'Opening a chart' },
  restrictions: { guide: 'administrators.md', part: 'Keeping parts of a record from colleagues' },
  backups: { guide: 'administrators.md', part: 'Backups' },
  erasure: { guide: 'administrators.md', part: "Erasing a patient's records" },
  glass: { guide: 'staff.md', part: 'In an emergency' },
  programs: { guide: 'fhir-api.md', part: 'Tokens' },
  chart: { guide: 'staff.md', part: 'Writing' },
  sheet: { guide: 'staff.md', part: 'What your role sees' },
};
