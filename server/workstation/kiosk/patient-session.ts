/** One patient's session: opens the card, keeps what it opens in memory, and answers the patient's own schema. */
import { join } from 'node:path';
import { type CardRow, cardCompletedBody } from '../../../shared/care-card/card-rules.ts';
import { encode } from '../../../shared/encoding/codec.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { type OpenedCard, openCard } from '../../care-card/open-card.ts';
import { pepperOver } from '../../care-card/pepper-link.ts';
import {
  buildGraphql,
  errorOf,
  type GraphqlAnswer,
  type GraphqlRequest,
  type GraphqlService,
  type Incident,
  incidentOf,
} from '../../graphql/apollo.ts';
import { openReader } from '../../storage/database.ts';
import { projectFiles } from '../../storage/project-file.ts';
import { PAGE_LIMITS } from '../device/device-graphql.ts';
import { type Port, RemoteCalls } from '../vault-process/remote-calls.ts';
import { OwnRecords, type OwnRecordsParts } from './own-records.ts';
import { OwnWards } from './own-wards.ts';
import { type PatientContext, patientResolvers } from './patient.resolvers.ts';
import type { CardToCheck, KioskVerbs, SessionVerbs } from './session-verbs.ts';

export class PatientSession {
  readonly #folder: string;
  readonly #calls: RemoteCalls<KioskVerbs>;
  readonly #report: (incident: Incident) => void;
  #open: { readonly graphql: GraphqlService<PatientContext>; readonly wards: OwnWards } | undefined;

  /** @param port to the kiosk's device service. */
  constructor(folder: string, port: Port, report: (incident: Incident) => void) {
    this.#folder = folder;
    this.#report = report;
    const verbs: SessionVerbs = {
      checkIn: (card) => this.#checkIn(card),
      execute: (request) => this.#execute(request),
    };
    this.#calls = new RemoteCalls<KioskVerbs>(port, verbs);
  }

  async #checkIn({ secret, pin, row, keepers }: CardToCheck): Promise<void> {
    if (this.#open) throw new Failure('patient.session-open', 'A session is open already. It ends before another begins.');
    const peppers = keepers.map((keeper) =>
      pepperOver(keeper, async <T>(operation: 'CardPepper' | 'CardOpened', variables: Record<string, unknown>) => {
        return (await this.#calls.call('askKeeper', { keeper, operation, variables })) as T;
      }),
    );
    const opened = await openCard({ secret, pin, row, peppers });
    secret.fill(0);
    void this.#complete(opened, row);
    const reader = await openReader(join(this.#folder, 'clinic.db'));
    const parts: OwnRecordsParts = {
      opened,
      row,
      reader: reader.read,
      time: () => this.#calls.call('time', undefined),
      askLinks: (asked) => this.#calls.call('askLinks', asked),
      askCalls: (asked) => this.#calls.call('askCalls', asked),
      receipts: (wanted) => this.#calls.call('receipts', wanted),
      anchorReceipts: (wanted) => this.#calls.call('anchorReceipts', wanted),
      record: (acts, documents = []) => this.#calls.call('record', { acts, documents }),
    };
    const wards = new OwnWards(parts, new OwnRecords(parts));
    const typeDefs = await projectFiles('shared/kiosk/patient');
    const graphql = await buildGraphql({ typeDefs, resolvers: patientResolvers, limits: PAGE_LIMITS, report: this.#report });
    this.#open = { graphql, wards };
  }

  /** Beside the session, which does not wait for the hub: where it is away the next check-in tries again. */
  async #complete({ complete }: OpenedCard, { handle }: CardRow): Promise<void> {
    try {
      const body = await complete?.();
      const act = body && { type: 'card.completed' as const, handle, body: encode(cardCompletedBody, body) };
      if (act) await this.#calls.call('record', { acts: [act], documents: [] });
    } catch (error) {
      this.#report(incidentOf('card-completion', error));
    }
  }

  async #execute(request: GraphqlRequest): Promise<GraphqlAnswer> {
    if (!this.#open)
      return { errors: [errorOf(new Failure('patient.no-session', 'Nobody is checked in. Hold the card again.'))] };
    const { graphql, wards } = this.#open;
    try {
      return await graphql.execute(request, { own: await wards.shown(), wards });
    } catch (error) {
      // Whoever acted for somebody and does not any more is told so, and is shown themselves again.
      return { errors: [errorOf(asFailure(error))] };
    }
  }
}
