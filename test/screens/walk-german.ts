/**
 * The desk in German, and states that take a thief, a region or weeks to reach: their answers are altered on the way to the page.
 * What is altered is no test of the services, it is a look at the screens.
 */
import words from '../../renderer/language/de.json' with { type: 'json' };
import { type Alterations, alarm, alterAnswers, type Json } from './altered-answers.ts';
import type { ScreenBook } from './screen-book.ts';
import { startWorkstation } from './workstation-process.ts';

const HOUR = 3_600_000;
const NOW = Date.now();

/** @param passphrase of the training clinic that is made. */
export async function walkGerman(book: ScreenBook, passphrase: string): Promise<void> {
  const { page } = book;
  const workstation = await startWorkstation();
  const button = (name: string | RegExp) => page.getByRole('button', { name }).first();
  const goTo = (name: string) => page.getByRole('navigation').getByRole('button', { name, exact: true }).click();
  /** Opens a dialog, takes its picture, closes it. */
  const dialog = async (name: string, open: () => Promise<void>): Promise<void> => {
    await open();
    await page.getByRole('dialog').first().waitFor();
    await book.take(name);
    await page.getByRole('dialog').first().getByRole('button', { name: words.actions.close }).click();
    await page.getByRole('dialog').first().waitFor({ state: 'hidden' });
  };
  const speakGerman = async (): Promise<void> => {
    await button('Language').click();
    await page.getByRole('menuitem', { name: 'Deutsch' }).click();
  };
  const pressed = (name: string) => () => button(name).click();
  try {
    await page.goto(workstation.address);
    await page.getByLabel('Code from the terminal').fill(workstation.code);
    await button('Continue').click();
    await page.getByRole('heading', { name: 'Welcome to Careledger' }).waitFor();
    await speakGerman();
    await button(/Beispielpatienten/).click();
    for (const field of await page.locator('input[type=password]').all()) await field.fill(passphrase);
    await page.locator('form button[type=submit]').click();
    await page.getByRole('navigation').waitFor({ timeout: 180_000 });
    await goTo(words.screens.patients);
    await page.getByText(/40/).first().waitFor({ timeout: 60_000 });
    await book.take('g01-patients');
    for (const [index, key] of SCREENS.entries()) {
      await goTo(words.screens[key]);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await book.take(`g${String(index + 2).padStart(2, '0')}-${key}`);
    }
    await goTo(words.screens.today);
    await dialog('g30-walk-in', pressed(words.visits.addWalkIn));
    await dialog('g31-book', pressed(words.visits.book));
    await goTo(words.screens.staff);
    await dialog('g32-name-cover', pressed(words.cover.name));
    await dialog('g33-enrol', pressed(words.staff.enrol));
    await dialog('g34-change-passphrase', pressed(words.staff.changePassphrase));
    await dialog('g35-renew-key', pressed(words.staff.renewKey));
    await goTo(words.screens.patients);
    await dialog('g36-register', pressed(words.patients.register));
    await alterAnswers(page, RARE);
    await page.reload();
    await page.getByRole('navigation').waitFor({ timeout: 180_000 });
    await speakGerman();
    await goTo(words.screens.patients);
    await page.getByRole('row').nth(2).click();
    await page.getByText(words.chart.cautions).waitFor();
    await book.take('g40-chart-rare');
    for (const [number, name] of [
      ['41', /^Allergie/],
      ['42', /^Diagnose|^Problem/],
      ['43', /^Verordnen/],
    ] as const)
      await dialog(`g${number}-form`, () => button(name).click({ timeout: 5_000 })).catch(() => undefined);
    await page.locator('#content').getByRole('button', { name: words.chart.more, exact: true }).click();
    await book.take('g44-more');
    await dialog('g45-add-task', () => page.getByRole('menuitem', { name: words.tasks.add }).click());
    await goTo(words.screens.training);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await book.take('g46-training');
    await goTo(words.screens.programs);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await book.take('g47-callers');
    await goTo(words.screens.ledger);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await book.take('g48-evidence');
    // The part of the page that draws it does not come.
    await page.route('**/*.js', (route) => route.abort());
    await goTo(words.screens.backups);
    await page.getByText(words.states.fallen).waitFor();
    await book.take('g49-fallen');
  } finally {
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.goto('about:blank');
    await workstation.close();
  }
}

const SCREENS = [
  'today',
  'monitoring',
  'cards',
  'consults',
  'conflicts',
  'access',
  'restrictions',
  'glass',
  'offers',
  'erasure',
  'staff',
  'training',
  'import',
  'export',
  'programs',
  'backups',
  'sync',
  'ledger',
] as const;

const item = (id: string, title: string, value: string | null) => ({ id, title, value });

/** What no walk reaches in minutes. */
const RARE: Alterations = {
  workstation: (answer) => ({
    ...(answer as Json),
    update: {
      __typename: 'Update',
      state: 'READY',
      version: '1.4.0',
      isOlder: false,
      canInstall: true,
      notes: [{ __typename: 'UpdateNote', language: 'de', text: 'Termine lassen sich jetzt verschieben.' }],
      problem: null,
    },
  }),
  chart: withCautions,
  openChart: withCautions,
  syncState: (answer) => {
    const sync = answer as { alarms?: unknown[] };
    if (!sync.alarms) return sync;
    return { ...sync, alarms: [alarm(1, 'sync.split-view', true), alarm(2, 'sync.frozen', false)] };
  },
  evidence: () => [alarm(1, 'sync.split-view', true), alarm(2, 'sync.frozen', false)],
  trainingRecords: () =>
    ['Dr. Bartholomäus von Hohenzollern-Sigmaringen', 'Nina Pflege'].map((name, at) => ({
      __typename: 'TrainingRecord',
      id: `t${at}`,
      name,
      trainingClinic: 'Sample Clinic (training)',
      signedAt: NOW - (at + 2) * 24 * HOUR,
      points: 85 - at * 40,
      mostPoints: 90,
      keptBy: 'Sam Sample',
      keptAt: NOW - HOUR,
      tasks: [],
    })),
  fhirFacade: (answer) => ({
    ...(answer as Json),
    port: 7460,
    address: 'http://127.0.0.1:7460/fhir',
    problem: null,
    network: {
      __typename: 'FhirNetwork',
      listen: '192.168.1.20:7461',
      names: ['praxis.lan'],
      addresses: ['https://192.168.1.20:7461/fhir', 'https://praxis.lan:7461/fhir'],
      authority: '',
      fingerprint: 'ab12cd34'.repeat(8),
    },
    callers: [
      { __typename: 'FhirCaller', address: '192.168.1.31', program: 'Laborprogramm Nord', at: NOW - 60_000, refused: false },
      { __typename: 'FhirCaller', address: '192.168.1.77', program: '', at: NOW - 2 * HOUR, refused: true },
    ],
  }),
  cardNews: () =>
    (['BOUND', 'ENDED', 'BOUND_AND_ENDED'] as const).map((change, at) => ({
      __typename: 'CardNews',
      id: `n${at}`,
      patient: 'p',
      patientName: 'Agnès Élodie Benoît',
      clinicName: 'Ridge Clinic',
      change,
      at: NOW - at * HOUR,
    })),
};

/** A chart with what warns of more than an allergy. */
function withCautions(answer: unknown): unknown {
  const chart = answer as { summary?: { vitals: Json[]; cautions: Json[] } };
  if (!chart.summary?.cautions) return chart;
  const [like] = chart.summary.vitals;
  const cautions = [
    item('c1', 'Nicht wiederbeleben (Patientenverfügung vom 3. Mai 2024)', null),
    item('c2', 'Schwangerschaft', '24. Woche'),
  ].map((caution) => ({ ...like, ...caution }));
  return { ...chart, summary: { ...chart.summary, cautions } };
}
