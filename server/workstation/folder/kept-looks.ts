/**
 * Language and colours as each person chose them at this computer; what was chosen at the locked door counts for the door and for whoever
 * has not chosen. A setting of the computer: nobody's work hangs on it, and the page itself keeps nothing.
 */
import { Failure } from '../../../shared/outcome/failure.ts';
import { Turns } from '../../../shared/outcome/turns.ts';
import type { Installation } from './installation.ts';

interface Look {
  /** BCP 47, as the page offers it; undefined: the browser's. */
  readonly language?: string | undefined;
  /** undefined: as the computer has it. */
  readonly scheme?: 'LIGHT' | 'DARK' | undefined;
}

const SETTING = 'looks';
/** Who chose at the locked door. */
const DOOR = '';
const MOST_PEOPLE = 500;

export class KeptLooks {
  readonly #installation: Pick<Installation, 'text' | 'remember'>;
  /** Choices take turns. */
  readonly #turns = new Turns();

  constructor(installation: Pick<Installation, 'text' | 'remember'>) {
    this.#installation = installation;
  }

  /** @param person staff id of who is signed in; undefined: nobody. */
  async of(person: string | undefined): Promise<Look> {
    const looks = await this.#all();
    return { ...looks.get(DOOR), ...looks.get(person ?? DOOR) };
  }

  /** What is left out stays. @throws {Failure} `look.language`. */
  async choose(person: string | undefined, chosen: Look): Promise<void> {
    if (chosen.language !== undefined && !/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/.test(chosen.language))
      throw new Failure('look.language', 'A language is named like "de" or "en-GB".');
    await this.#turns.take(() => this.#add(person ?? DOOR, chosen));
  }

  async #add(person: string, { language, scheme }: Look): Promise<void> {
    const looks = await this.#all();
    const before = looks.get(person);
    // The last ones to choose are kept.
    looks.delete(person);
    looks.set(person, { ...before, ...(language && { language }), ...(scheme && { scheme }) });
    await this.#installation.remember({ [SETTING]: JSON.stringify([...looks].slice(-MOST_PEOPLE)) });
  }

  async #all(): Promise<Map<string, Look>> {
    const text = await this.#installation.text(SETTING);
    return new Map(text ? (JSON.parse(text) as [string, Look][]) : []);
  }
}
