/** A kiosk's two schemas behind one door: the kiosk's own run here, the patient's in the process of the session. Nothing else is answered. */
import { readFile } from 'node:fs/promises';
import { asFailure } from '../../../shared/outcome/failure.ts';
import {
  buildGraphql,
  type GraphqlAnswer,
  type GraphqlRequest,
  type GraphqlService,
  type Incident,
} from '../../graphql/apollo.ts';
import type { Resolvers } from '../../graphql/generated/kiosk.ts';
import { projectFile } from '../../storage/project-file.ts';
import { NOT_HERE, PAGE_LIMITS, refusal } from '../device/device-graphql.ts';
import type { PageDoor, Tier } from '../page/page-door.ts';
import type { KioskService } from './kiosk-service.ts';

interface KioskContext {
  readonly kiosk: KioskService;
}

/** One tick at once and one for each change; the resolver then answers what is true by then. */
const ticking = ({ kiosk }: KioskContext): AsyncIterable<never> =>
  kiosk.changed.follow(true) as AsyncIterable<unknown> as AsyncIterable<never>;

const resolvers: Resolvers<KioskContext> = {
  Query: { kiosk: (_, __, { kiosk }) => kiosk.state() },
  Mutation: {
    joinAsKiosk: async (_, { invitation }, { kiosk }) => {
      await kiosk.join(invitation);
      return kiosk.state();
    },
    prepare: async (_, __, { kiosk }) => {
      await kiosk.prepare();
      return true;
    },
    checkIn: async (_, { card, pin }, { kiosk }) => {
      await kiosk.checkIn(card, pin);
      return kiosk.state();
    },
    stay: (_, __, { kiosk }) => kiosk.touch(),
    endSession: async (_, __, { kiosk }) => {
      await kiosk.endSession();
      return kiosk.state();
    },
  },
  Subscription: {
    kioskChanged: {
      subscribe: (_, __, context) => ticking(context),
      resolve: (_: unknown, __: unknown, { kiosk }: KioskContext) => kiosk.state(),
    },
  },
};

export class KioskGraphql implements PageDoor {
  readonly #service: KioskService;
  readonly #kiosk: GraphqlService<KioskContext>;

  private constructor(service: KioskService, kiosk: GraphqlService<KioskContext>) {
    this.#service = service;
    this.#kiosk = kiosk;
  }

  static async open(service: KioskService, report: (incident: Incident) => void): Promise<KioskGraphql> {
    const typeDefs = await readFile(projectFile('shared/kiosk/kiosk.graphql'), 'utf8');
    return new KioskGraphql(service, await buildGraphql({ typeDefs, resolvers, limits: PAGE_LIMITS, report }));
  }

  async execute(tier: Tier, request: GraphqlRequest): Promise<GraphqlAnswer> {
    try {
      if (tier === 'kiosk') return await this.#kiosk.execute(request, { kiosk: this.#service });
      if (tier === 'patient') return await this.#service.execute(request);
      return refusal(NOT_HERE);
    } catch (error) {
      return refusal(asFailure(error));
    }
  }

  follow(tier: Tier, request: GraphqlRequest, next: (answer: GraphqlAnswer) => void): { done: Promise<void>; stop(): void } {
    if (tier !== 'kiosk') {
      next(refusal(NOT_HERE));
      return { done: Promise.resolve(), stop: () => undefined };
    }
    const started = this.#kiosk.subscribe(request, { kiosk: this.#service });
    const done = started.then(async (answers) => {
      if (!(Symbol.asyncIterator in answers)) return next(answers);
      for await (const answer of answers) next(answer);
    });
    return {
      done,
      stop: () => void started.then((answers) => (Symbol.asyncIterator in answers ? answers.return?.() : undefined)),
    };
  }

  stop(): Promise<void> {
    return this.#kiosk.stop();
  }
}
