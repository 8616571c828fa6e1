import { Failure } from '../../../shared/outcome/failure.ts';
import { listenAt } from '../../../shared/sync/clinic-host.ts';
import { CLINIC_HOST_OPERATIONS } from '../../../shared/sync/operations.ts';
import { answeredOperations } from '../../../shared/sync/released-operations.ts';
import { buildGraphql, type GraphqlService, type Incident } from '../../graphql/apollo.ts';
import { wireSchema } from '../../graphql/wire-schemas.ts';
import { DeviceLine } from '../../hub/line/device-line.ts';
import type { HostLine } from '../../sync/clinic-host/clinic-route.ts';
import { CLINIC_HOST_NAME, type HubClient } from '../../sync/hub-client.ts';
import { bracketed, ownAddresses } from '../page/lan-names.ts';
import { type ClinicHostContext, clinicHostResolvers, type ServedClinic } from './clinic-host.resolvers.ts';

const OPERATION_LIMITS = { characters: 4000, tokens: 400, depth: 6, aliases: 4, cost: 600 };
const TIDY_EVERY_MS = 60_000;

interface ClinicHostOptions extends ServedClinic {
  /** Where to listen, as `address:port`. */
  readonly listen: string;
  readonly credentials: { readonly privateKey: string; readonly certificate: string; readonly authority: string };
  report(incident: Incident): void;
}

export class ClinicHost {
  readonly #options: ClinicHostOptions;
  readonly #graphql: GraphqlService<ClinicHostContext>;
  readonly #line: DeviceLine<ClinicHostContext>;
  readonly #tidying: NodeJS.Timeout;
  #addresses: readonly string[] = [];
  #listensAt = '';

  private constructor(options: ClinicHostOptions, graphql: GraphqlService<ClinicHostContext>) {
    this.#options = options;
    this.#graphql = graphql;
    this.#line = new DeviceLine({
      credentials: options.credentials,
      graphql,
      identify: async (device) => ({ host: options, caller: await options.relay.identify(device) }),
      hosts: () => [CLINIC_HOST_NAME],
    });
    this.#tidying = setInterval(() => void options.relay.tidy().catch(() => undefined), TIDY_EVERY_MS);
    this.#tidying.unref();
  }

  /** Listens. @throws {Failure} `clinic-host.address`, `clinic-host.listen`. */
  static async open(options: ClinicHostOptions): Promise<ClinicHost> {
    const { host, port } = listenAt(options.listen);
    const graphql = await buildGraphql<ClinicHostContext>({
      typeDefs: wireSchema('clinicHost'),
      resolvers: clinicHostResolvers,
      limits: OPERATION_LIMITS,
      operations: [...answeredOperations('clinicHost', CLINIC_HOST_OPERATIONS).keys()],
      report: options.report,
    });
    const served = new ClinicHost(options, graphql);
    try {
      const bound = await served.#line.start(port, host);
      served.#listensAt = `${bracketed(host)}:${bound}`;
      served.#addresses = ownAddresses(host).map((address) => `https://${bracketed(address)}:${bound}`);
    } catch (cause) {
      await served.close();
      const { code } = cause as { code?: string };
      throw new Failure(
        'clinic-host.listen',
        `This computer cannot listen at ${options.listen}${code === 'EADDRINUSE' ? ': another program does' : ''}. Choose another port, or another of its addresses.`,
        { details: { address: options.listen }, cause },
      );
    }
    return served;
  }

  /** Where the clinic's other computers reach it. */
  get addresses(): readonly string[] {
    return this.#addresses;
  }

  /** As it was asked to listen, with the port that it has. */
  get listensAt(): string {
    return this.#listensAt;
  }

  /** This computer asks its own host without a network. */
  get own(): HostLine {
    const { relay, device } = this.#options;
    const ask = async (name: keyof typeof CLINIC_HOST_OPERATIONS, variables: Record<string, unknown> = {}): Promise<unknown> => {
      const context = { host: this.#options, caller: await relay.identify(device) };
      const { data, errors } = await this.#graphql.execute({ query: CLINIC_HOST_OPERATIONS[name], variables }, context);
      const [error] = errors ?? [];
      if (error)
        throw new Failure(String(error.extensions?.code), error.message, {
          retry: error.extensions?.retry === true,
          details: (error.extensions?.details ?? {}) as Record<string, string | number>,
        });
      // As a line would bring it: an object of its own.
      return JSON.parse(JSON.stringify(data));
    };
    const client = { ask, askHost: ask, close: () => undefined, place: undefined } as unknown as HubClient;
    return {
      open: async () => ({
        client,
        follow: (onNews) => {
          relay.heads.add(onNews);
          return () => relay.heads.remove(onNews);
        },
      }),
    };
  }

  /** Ends the lines of devices that the clinic has revoked meanwhile. */
  async look(): Promise<void> {
    for (const device of this.#line.devices)
      await this.#options.relay.identify(device).catch((error: unknown) => {
        if (error instanceof Failure) this.#line.cut(device);
        else throw error;
      });
  }

  async close(): Promise<void> {
    clearInterval(this.#tidying);
    await this.#line.close().catch(() => undefined);
    await this.#graphql.stop();
  }
}
