/** The built kiosk page before services that are made up: every screen can be reached. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildGraphql, type GraphqlRequest } from '../../server/graphql/apollo.ts';
import { projectFiles } from '../../server/storage/project-file.ts';
import { Topic } from '../../server/sync/vault-context/topic.ts';
import { type BrowserHost, startBrowserHost } from '../../server/workstation/page/browser-host.ts';
import type { PageDoor } from '../../server/workstation/page/page-door.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { PIN } from './kiosk-patient.ts';
import { KioskSession } from './kiosk-session.ts';

const project = resolve(import.meta.dirname, '../..');
const LIMITS = { characters: 20_000, tokens: 2_000, depth: 12, aliases: 30, cost: 50_000 };

export interface KioskStand extends AsyncDisposable {
  readonly host: BrowserHost;
  /** Cards that were tried with their PINs, and how often somebody said that they are there. */
  readonly seen: Seen;
  /** Whoever counts tries is away; later papers are on their way here. */
  readonly outside: { isAway: boolean; areLate: boolean };
  readonly session: KioskSession;
}

interface Seen {
  readonly tried: string[];
  stays: number;
  ends: number;
}

type Graphql = Awaited<ReturnType<typeof buildGraphql<object>>>;

const serviceOf = async (typeDefs: string | string[], resolvers: object): Promise<Graphql> =>
  buildGraphql<object>({
    typeDefs,
    limits: LIMITS,
    report: (incident) => process.stderr.write(`${JSON.stringify(incident)}\n`),
    resolvers: resolvers as Parameters<typeof buildGraphql<object>>[0]['resolvers'],
  });

/** @param rest of what the kiosk says of itself, beside whether somebody is in */
function kioskService(seen: Seen, rest: () => object): Promise<Graphql> {
  const changed = new Topic<true>();
  let state = 'READY';
  const now = () => ({ state, ...rest() });
  const move = (to: string) => {
    state = to;
    changed.publish(true);
    return now();
  };
  return serviceOf(readFileSync(resolve(project, 'shared/kiosk/kiosk.graphql'), 'utf8'), {
    Query: { kiosk: now },
    Mutation: {
      checkIn: (_: unknown, { card, pin }: { card: string; pin: string }) => {
        seen.tried.push(`${card} ${pin}`);
        move('CHECKING');
        if (pin === PIN) return move('OPEN');
        move('READY');
        throw new Failure('card.pin-wrong', 'Wrong.', { details: { left: 9 } });
      },
      prepare: () => true,
      stay: () => {
        seen.stays += 1;
        return true;
      },
      endSession: () => {
        seen.ends += 1;
        return move('READY');
      },
    },
    Subscription: {
      kioskChanged: {
        subscribe: async function* () {
          for await (const _ of changed.follow()) yield { kioskChanged: now() };
        },
      },
    },
  });
}

const doorOf = (kiosk: Graphql, patient: Graphql): PageDoor => ({
  execute: (tier, request) => (tier === 'kiosk' ? kiosk : patient).execute(request, {}),
  follow: (_tier, request: GraphqlRequest, next) => {
    const started = kiosk.subscribe(request, {});
    const done = started.then(async (answers) => {
      if (!(Symbol.asyncIterator in answers)) return next(answers);
      for await (const answer of answers) next(answer);
    });
    return {
      done,
      stop: () => void started.then((answers) => (Symbol.asyncIterator in answers ? answers.return?.() : undefined)),
    };
  },
});

/** @param isEmpty there is nothing of the patient yet */
export async function startKioskStand(times = { idleSeconds: 60, graceSeconds: 15 }, isEmpty = false): Promise<KioskStand> {
  const seen: Seen = { tried: [], stays: 0, ends: 0 };
  const session = new KioskSession();
  session.isEmpty = isEmpty;
  const outside = {
    isAway: false,
    set areLate(areLate: boolean) {
      session.areLate = areLate;
    },
    get areLate() {
      return session.areLate;
    },
  };
  const kiosk = await kioskService(seen, () => ({
    clinic: 'Praxis am Markt',
    canCheckIn: !outside.isAway,
    ...times,
    device: 'ab'.repeat(32),
  }));
  const patient = await serviceOf(await projectFiles('shared/kiosk/patient'), session.resolvers);
  const host = await startBrowserHost(doorOf(kiosk, patient), resolve(project, 'out/renderer'), 0, 'kiosk.html');
  return {
    host,
    seen,
    outside,
    session,
    [Symbol.asyncDispose]: async () => {
      await host.close();
      await kiosk.stop();
      await patient.stop();
    },
  };
}
