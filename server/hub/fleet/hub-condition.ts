/** How a hub is, and whether it should be sent requests now. */
import { quorumOf } from '../../../shared/ledger/checkpoint.ts';
import { parseNote } from '../../../shared/ledger/note.ts';
import type { Hub } from '../hub.ts';
import type { HubHealth } from '../line/operations-server.ts';
import { type HubDiskState, hubDiskState, isLedgerAltered } from './disk.ts';

/** What is wrong with a database that can be read and not written. */
const TAKES_NOTHING: ReadonlySet<string> = new Set(['storage.disk-full', 'storage.io-error', 'storage.read-only']);

export class HubCondition {
  readonly #hub: Hub;
  isClosing = false;
  /** How many devices have a subscription open. */
  connected: () => number = () => 0;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /**
   * A code that says why requests should go to another process, or to none; undefined when they can come. What a hub whose ledger is
   * altered on its disk handed out would be taken for a lie.
   */
  async unfit(): Promise<string | undefined> {
    return (await this.#notReady()) ?? (isLedgerAltered(await this.disk()) ? 'hub.disk-altered' : undefined);
  }

  /** The code of what is wrong with the store of documents, if it is outside the database and something is. */
  async documentTrouble(): Promise<string | undefined> {
    return (await this.#hub.documents?.trouble())?.code;
  }

  disk(): Promise<HubDiskState> {
    return hubDiskState(this.#hub.database.read);
  }

  async health(): Promise<HubHealth> {
    const { founded, fleet, keys } = this.#hub;
    const { clinics, devices } = founded ? await fleet.state() : { clinics: [], devices: [] };
    const witnesses = founded?.policies.current.witnesses.length ?? 0;
    return {
      region: founded?.region.genesis.name ?? keys.name,
      notReady: await this.#notReady(),
      documentTrouble: await this.documentTrouble(),
      connected: this.connected(),
      disk: await this.disk(),
      blocks: founded?.sequencer.checkpoint.size ?? 0,
      clinics: clinics.length,
      quarantined: clinics.filter(({ quarantined }) => quarantined).length,
      devices: devices.filter(({ revoked }) => !revoked).length,
      cosigned: founded ? parseNote(this.#hub.note).signatures.length - 1 : 0,
      witnesses,
      quorum: quorumOf(witnesses),
    };
  }

  async #notReady(): Promise<string | undefined> {
    if (this.isClosing) return 'hub.closing';
    // Founded at another process it hears of it by a request, and nobody sends one to a process that says it is not ready.
    if (!this.#hub.founded) await this.#hub.current();
    const { founded, troubles } = this.#hub;
    if (!founded) return 'hub.not-founded';
    return (await founded.recovery.refusal())?.code ?? troubles.standing.find(({ code }) => TAKES_NOTHING.has(code))?.code;
  }
}
