/** The page's two schemas behind one door: requests for the device tier run here, those for the vault go to its process. */
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import {
  buildGraphql,
  errorOf,
  type GraphqlAnswer,
  type GraphqlRequest,
  type GraphqlService,
  type Incident,
} from '../../graphql/apollo.ts';
import { projectFiles } from '../../storage/project-file.ts';
import { ReadablePaths } from '../../sync/vault-context/readable-paths.ts';
import type { PageDoor, Tier } from '../page/page-door.ts';
import { type DeviceContext, deviceResolvers } from './device.resolvers.ts';
import { forSomebody } from './device-fields.ts';
import type { DeviceService } from './device-service.ts';

/** Generous for our own screens, far below what could hold the process. */
export const PAGE_LIMITS = { characters: 100_000, tokens: 2_000, depth: 12, aliases: 30, cost: 50_000 };

export class PageGraphql implements PageDoor {
  readonly #service: DeviceService;
  readonly #device: GraphqlService<DeviceContext>;
  /** What pages may have read. */
  readonly readable: ReadablePaths;

  private constructor(service: DeviceService, device: GraphqlService<DeviceContext>, readable: ReadablePaths) {
    this.#service = service;
    this.#device = device;
    this.readable = readable;
  }

  static async open(
    service: DeviceService,
    report: (incident: Incident) => void,
    readable = new ReadablePaths(),
  ): Promise<PageGraphql> {
    const typeDefs = await projectFiles('shared/sync/device');
    return new PageGraphql(
      service,
      await buildGraphql({ typeDefs, resolvers: forSomebody(deviceResolvers), limits: PAGE_LIMITS, report }),
      readable,
    );
  }

  async execute(tier: Tier, request: GraphqlRequest): Promise<GraphqlAnswer> {
    try {
      if (tier === 'device') return await this.#device.execute(request, { service: this.#service });
      if (tier === 'vault') return await this.#service.execute(request, this.readable.all);
      return refusal(NOT_HERE);
    } catch (error) {
      return refusal(asFailure(error));
    }
  }

  follow(tier: Tier, request: GraphqlRequest, next: (answer: GraphqlAnswer) => void): { done: Promise<void>; stop(): void } {
    if (tier === 'vault') return this.#followVault(request, next);
    if (tier !== 'device') {
      next(refusal(NOT_HERE));
      return { done: Promise.resolve(), stop: () => undefined };
    }
    const started = this.#device.subscribe(request, { service: this.#service });
    const done = started.then(async (answers) => {
      if (!(Symbol.asyncIterator in answers)) return next(answers);
      for await (const answer of answers) next(answer);
    });
    const stop = (): void => void started.then((answers) => (Symbol.asyncIterator in answers ? answers.return?.() : undefined));
    return { done, stop };
  }

  stop(): Promise<void> {
    return this.#device.stop();
  }

  #followVault(request: GraphqlRequest, next: (answer: GraphqlAnswer) => void): { done: Promise<void>; stop(): void } {
    try {
      const { done, stop } = this.#service.follow(request, next);
      return { done: done.catch((error: unknown) => next(refusal(asFailure(error)))), stop };
    } catch (error) {
      next(refusal(asFailure(error)));
      return { done: Promise.resolve(), stop: () => undefined };
    }
  }
}

export const NOT_HERE = new Failure(
  'host.not-here',
  'This program does not answer that. A workstation and a kiosk have each their own.',
);

export const refusal = (failure: Failure): GraphqlAnswer => ({ errors: [errorOf(failure)] });
