/**
 * Finds patients as somebody types. Places in the index are numbers in the order of names, with room between them, so that
 * the first twenty of ten thousand hits come without looking at the others. The index is two halves in the order of names: both are built
 * and counted at once, each by a core.
 */
import { Turns } from '../../shared/outcome/turns.ts';
import { searchTermsOf } from '../../shared/patients/search-words.ts';
import type { Database } from '../storage/database.ts';
import { addRows, countPlaces, findPlaces, type IndexRow, openIndex, removeRows } from './patient-index.store.ts';

/** What the index needs of a patient. */
export interface Indexed {
  readonly id: string;
  /** Folded; decides the order. */
  readonly sortName: string;
  /** Folded words, separated by blanks. */
  readonly words: string;
}

interface FoundPage {
  readonly hits: ReadonlyArray<{ readonly id: string; readonly place: number }>;
  readonly more: boolean;
}

interface Placed {
  readonly id: string;
  readonly sortName: string;
  readonly place: number;
}

/** Room between neighbours of a freshly built index: twenty more names fit between any two before it is built again. */
const GAP = 2 ** 20;

/** Counts that are remembered; a clinic types the same beginnings all day. */
const COUNTS_KEPT = 2_000;

export class PatientIndex {
  #halves: Halves;
  /** How many match what was asked for since the index last changed: one letter may match each of a hundred thousand. */
  #counts = new Map<string, number>();
  /** In the order of places. */
  #order: Placed[] = [];
  readonly #wordsOf: (id: string) => Indexed | undefined;
  /** Changes go one after the other: each stands on the order that the one before has left. */
  readonly #turns = new Turns();

  private constructor(halves: Halves, wordsOf: (id: string) => Indexed | undefined) {
    this.#halves = halves;
    this.#wordsOf = wordsOf;
  }

  /** @param wordsOf the patient's words, again, when the index has to be laid out anew */
  static async open(patients: Indexed[], wordsOf: (id: string) => Indexed | undefined): Promise<PatientIndex> {
    const index = new PatientIndex(await openHalves(), wordsOf);
    await index.#fill(patients, index.#halves);
    return index;
  }

  get size(): number {
    return this.#order.length;
  }

  /** Hits after the place `after` in the order of names; all patients when nothing is asked for. */
  async find(question: string, after: number, limit: number): Promise<FoundPage> {
    const match = matchOf(question);
    if (match === undefined) {
      const from = this.#firstAfter(after);
      const hits = this.#order.slice(from, from + limit).map(({ id, place }) => ({ id, place }));
      return { hits, more: from + limit < this.#order.length };
    }
    const places = await this.#halves.find(match, after, limit + 1);
    const hits = places.slice(0, limit).flatMap((place) => {
      const placed = this.#order[this.#firstAfter(place - 1)];
      return placed?.place === place ? [{ id: placed.id, place }] : [];
    });
    return { hits, more: places.length > limit };
  }

  async count(question: string): Promise<number> {
    const match = matchOf(question);
    if (match === undefined) return this.#order.length;
    // A count that the index changes under goes into a map that nobody asks any more.
    const counts = this.#counts;
    const known = counts.get(match);
    if (known !== undefined) return known;
    const count = await this.#halves.count(match);
    if (counts.size === COUNTS_KEPT) counts.clear();
    counts.set(match, count);
    return count;
  }

  /** Adds patients, or puts them where their new name belongs. */
  put(patients: readonly Indexed[]): Promise<void> {
    return this.#turns.take(async () => {
      await this.#take(patients.map(({ id }) => id));
      const rows = this.#placeBetween([...patients].sort(byName));
      if (rows) await this.#changing(this.#halves.add(rows));
      else await this.#changing(this.#rebuild());
    });
  }

  remove(ids: readonly string[]): Promise<void> {
    return this.#turns.take(() => this.#take(ids));
  }

  async #take(ids: readonly string[]): Promise<void> {
    const gone = new Set(ids);
    const places = this.#order.filter(({ id }) => gone.has(id)).map(({ place }) => place);
    if (places.length === 0) return;
    await this.#changing(this.#halves.remove(places));
    this.#order = this.#order.filter(({ id }) => !gone.has(id));
  }

  close(): Promise<void> {
    return this.#halves.close();
  }

  async #changing(change: Promise<void>): Promise<void> {
    try {
      await change;
    } finally {
      this.#counts = new Map();
    }
  }

  /** Lays patients out in halves that are empty; who searches meanwhile asks those of before. */
  async #fill(patients: Indexed[], halves: Halves): Promise<void> {
    patients.sort(byName);
    const order = patients.map(({ id, sortName }, at) => ({ id, sortName, place: (at + 1) * GAP }));
    halves.second = order[order.length >>> 1]?.place ?? GAP;
    // In one transaction each: every commit would leave parts of an index to be merged.
    await halves.add(patients.map(({ words }, at): IndexRow => [(at + 1) * GAP, words]));
    this.#order = order;
    this.#halves = halves;
  }

  /** Rows in free places between their neighbours; undefined when there is no room left. Keeps the order up to date. */
  #placeBetween(sorted: readonly Indexed[]): IndexRow[] | undefined {
    const rows: IndexRow[] = [];
    const merged: Placed[] = [];
    let at = 0;
    for (let next = 0; next < sorted.length; ) {
      const name = (sorted[next] as Indexed).sortName;
      while (at < this.#order.length && (this.#order[at] as Placed).sortName <= name) merged.push(this.#order[at++] as Placed);
      const ceiling = this.#order[at];
      let end = next + 1;
      while (end < sorted.length && (!ceiling || (sorted[end] as Indexed).sortName < ceiling.sortName)) end++;
      const floor = merged.at(-1)?.place ?? 0;
      const step = ceiling ? Math.floor((ceiling.place - floor) / (end - next + 1)) : GAP;
      const room = step > 0;
      for (const [index, { id, sortName, words }] of sorted.slice(next, end).entries()) {
        const place = floor + (index + 1) * step;
        merged.push({ id, sortName, place });
        rows.push([place, words]);
      }
      next = end;
      if (!room) {
        this.#order = [
          ...merged,
          ...this.#order.slice(at),
          ...sorted.slice(end).map(({ id, sortName }) => ({ id, sortName, place: 0 })),
        ];
        return undefined;
      }
    }
    this.#order = [...merged, ...this.#order.slice(at)];
    return rows;
  }

  async #rebuild(): Promise<void> {
    const patients = this.#order.flatMap(({ id }) => this.#wordsOf(id) ?? []);
    const old = this.#halves;
    await this.#fill(patients, await openHalves());
    await old.close();
  }

  /** Where in the order the first place above `place` stands. */
  #firstAfter(place: number): number {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#order[middle] as Placed).place > place) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** Two indexes: of the places below `second`, and of those from there on. */
class Halves {
  readonly #both: readonly [Database, Database];
  second = GAP;

  constructor(both: readonly [Database, Database]) {
    this.#both = both;
  }

  async find(match: string, after: number, limit: number): Promise<number[]> {
    const [first, second] = this.#both;
    const places = after + 1 < this.second ? await findPlaces(first, match, after, limit) : [];
    return places.length === limit ? places : [...places, ...(await findPlaces(second, match, after, limit - places.length))];
  }

  async count(match: string): Promise<number> {
    const counts = await Promise.all(this.#both.map((half) => countPlaces(half, match)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  add(rows: readonly IndexRow[]): Promise<void> {
    const below = rows.filter(([place]) => place < this.second);
    const above = rows.filter(([place]) => place >= this.second);
    return all([addRows(this.#both[0], below), addRows(this.#both[1], above)]);
  }

  remove(places: readonly number[]): Promise<void> {
    return all(this.#both.map((half) => removeRows(half, places)));
  }

  close(): Promise<void> {
    return all(this.#both.map((half) => half.close()));
  }
}

const openHalves = async (): Promise<Halves> => new Halves([await openIndex(), await openIndex()]);

async function all(work: readonly Promise<void>[]): Promise<void> {
  await Promise.all(work);
}

function byName(one: Indexed, other: Indexed): number {
  if (one.sortName !== other.sortName) return one.sortName < other.sortName ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}

/** Bound as one value, and made of words only: nothing that somebody types is read as search syntax. */
function matchOf(question: string): string | undefined {
  const terms = searchTermsOf(question);
  if (terms.length === 0) return undefined;
  return terms.map((beginnings) => `(${beginnings.map((beginning) => `"${beginning}"*`).join(' OR ')})`).join(' AND ');
}
