/** A clinic floods while one of its devices attacks: what the hub let through, and how long everybody else waited meanwhile and before. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { HostileFigures } from '../load/hostile-role.ts';
import { countedBy, since } from './hub-counters.ts';
import type { Stage } from './stage.ts';
import type { WaitFigures } from './waits.ts';

/** Fewer than so many attacks a second are none. */
const ATTACKS_A_SECOND = 2;
/** Of the attacks that their sender saw refused, so many must be in the hub's own count: what is cut short in the line is in none. */
const COUNTED = 0.5;
const NEEDED = 'QUARANTINED';

interface Stretch {
  /** A block of the steady clinic, until its receipt. */
  readonly hub: WaitFigures;
  /** An act of somebody at a desk, until it was acknowledged there. */
  readonly desks: WaitFigures;
}

export interface FloodFigures {
  readonly what: string;
  readonly seconds: number;
  readonly before: Stretch;
  readonly during: Stretch;
  readonly hostile: HostileFigures;
  /** Refusals by code, as the hub counted them. */
  readonly counted: ReadonlyMap<string, number>;
  readonly heldMs: number;
  /** Of the flood that went on after the hub's administrator had ended it for this clinic. */
  readonly quarantined: HostileFigures;
}

interface FloodOptions {
  readonly what: string;
  readonly ms: number;
  /** What is done to the hub after a third of it. */
  readonly meanwhile?: () => Promise<void>;
}

/** A calm stretch, a flood of the same length, a quarantine under which it goes on, and the release. */
export async function flood(stage: Stage, { what, ms, meanwhile }: FloodOptions): Promise<FloodFigures> {
  const { stray, story, console, hubs } = stage;
  await stray.arm();
  const calm = performance.now();
  await sleep(ms);
  const counted = await countedBy(hubs);
  const begun = performance.now();
  const [hostile] = await Promise.all([stray.flood(ms), meanwhile && sleep(ms / 3).then(meanwhile)]);
  const ended = performance.now();
  const after = await countedBy(hubs);
  const over = console.mayShow(NEEDED, stray.name);
  await stage.hubCommand('quarantine', '--clinic', stray.chain, '--reason', 'attack');
  await console.shows(NEEDED, stray.name);
  const quarantined = await stray.flood(ms / 3);
  await stage.hubCommand('release', '--clinic', stray.chain, '--reason', 'resolved');
  await console.shows(NEEDED, stray.name, false);
  over();
  const stretch = (from: number, to: number): Stretch => ({
    hub: stage.steady.waits.between(from, to),
    desks: stage.people.between(from, to),
  });
  const figures: FloodFigures = {
    what,
    seconds: ms / 1000,
    before: stretch(calm, begun),
    during: stretch(begun, ended),
    hostile,
    counted: since(counted, after),
    heldMs: after.heldMs,
    quarantined,
  };
  for (const line of told(figures)) story.tell(`  ${line}`);
  for (const wrong of faultsOf(figures, meanwhile === undefined)) story.fault(`a flood: ${wrong}`);
  return figures;
}

/**
 * It was a flood, it was refused, nothing of it was heeded, and the others went on.
 * @param isWhole whether hub and database were there all the time
 */
function faultsOf({ hostile, counted, quarantined, during, seconds }: FloodFigures, isWhole: boolean): string[] {
  const refused = [...counted.values()].reduce((sum, each) => sum + each, 0);
  return [
    isWhole && hostile.accepted === 0 && 'no block of the flooder was taken: it was none',
    hostile.attacks < ATTACKS_A_SECOND * seconds && `only ${hostile.attacks} attacks in ${seconds} s: it was none`,
    hostile.heeded + quarantined.heeded > 0 &&
      `${hostile.heeded + quarantined.heeded} attacks were answered as if they were right`,
    isWhole && refused < COUNTED * hostile.refused && `the hub counted ${refused} refusals of ${hostile.refused}`,
    quarantined.accepted > 0 && `${quarantined.accepted} blocks were taken of a clinic in quarantine`,
    during.hub.count === 0 && 'the steady clinic got nothing in',
    during.desks.count === 0 && 'nobody at a desk got anything done',
  ].filter((wrong) => wrong !== false);
}

function told({ seconds, what, hostile, counted, heldMs, before, during, quarantined }: FloodFigures): string[] {
  const codes = [...counted].slice(0, 6).map(([code, count]) => `${code} ${count}`);
  return [
    `in ${seconds.toFixed(0)} s (${what}): ${hostile.accepted} of its blocks taken, ${hostile.pages} pages read, ${hostile.toldToWait} requests told to wait; ${hostile.attacks} attacks: ${hostile.refused} refused, ${hostile.cut} cut off, ${hostile.heeded} heeded`,
    `the hub counted: ${codes.join(', ') || 'nothing'}; one turn of its event loop took ${heldMs.toFixed(0)} ms of a processor at most`,
    `others at the hub waited ${waited(during.hub)}, before it ${waited(before.hub)}`,
    `people at desks waited ${waited(during.desks)}, before it ${waited(before.desks)}`,
    `in quarantine: ${quarantined.accepted} of its blocks taken, ${quarantined.attacks} attacks: ${quarantined.refused} refused, ${quarantined.cut} cut off`,
  ];
}

/** Median, p99 and longest of a stretch. */
export const waited = ({ count, median, p99, longest }: WaitFigures): string =>
  count === 0 ? 'never (nothing came)' : `${median.toFixed(0)}, ${p99.toFixed(0)}, ${longest.toFixed(0)} ms (${count})`;
