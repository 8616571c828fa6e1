/** Founding or joining a region with an invitation: everything is checked against what the invitation names. */
import { equalBytes, toHex } from '../../../shared/encoding/bytes.ts';
import { encodeGenesis, type Founding, openGenesis, type Region, sealGenesis } from '../../../shared/ledger/founding.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { enrolmentProofMessage, type Invitation, readInvitation, WIRE_VERSION } from '../../../shared/sync/wire.ts';
import { fingerprintOfPem, makeRequest, newTlsKey, requestBytes } from '../../identity/certificates.ts';
import { findAuthority, HubClient } from '../../sync/hub-client.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { type SigningKey, sha256, sign, verifySignature } from '../../vault/primitives.ts';
import { enrolmentSecret } from './further-device.ts';

interface Joining {
  /** A further device of a clinic has none: its invitation names the chain. */
  readonly founding?: Founding | undefined;
  readonly deviceKey: SigningKey;
  readonly clock: () => number;
  /** The clinic's signature over genesis bytes: a founder's act. */
  signGenesis?(genesis: Uint8Array): Promise<Uint8Array>;
}

/** What a device has after it was let in by the hub. */
interface Joined {
  readonly region: Region;
  readonly address: string;
  /** PEM. */
  readonly authority: string;
  readonly tlsKey: string;
  readonly tlsCertificate: string;
  /** Whether the region still has to admit the clinic. */
  readonly needsAdmission: boolean;
}

/**
 * Whether an invitation can be used now: whole, for a clinic, in time, and its hub is there and the one it names.
 * @throws {Failure} as `joinRegion` would; nothing has happened then.
 */
export async function checkInvitation(text: string, now: number): Promise<void> {
  const invitation = readInvitation(text);
  if (invitation.kind === 'device')
    throw new Failure(
      'sync.invitation-for-device',
      'This invitation is for a further computer of a clinic. Choose that way to begin.',
    );
  refuseExpired(invitation, now);
  await findAuthority(invitation.address, invitation.authority);
}

function refuseExpired(invitation: Invitation, now: number): void {
  if (now <= invitation.expires) return;
  throw new Failure('sync.invitation-expired', 'This invitation has expired. Ask for a new one; nothing was changed here.');
}

interface HubIdentity {
  readonly name: string;
  readonly hubKey: string;
  readonly authority: string;
  readonly genesis: string | null;
  readonly wireVersion: number;
}

/**
 * @throws {Failure} `sync.invitation-expired`, `sync.hub-foreign`, `sync.hub-unreachable`, `sync.wire-version`,
 * `ledger.region-mismatch`, and the hub's `hub.invitation-*` when the secret was used or is unknown.
 */
export async function joinRegion(invitation: Invitation, joining: Joining): Promise<Joined> {
  refuseExpired(invitation, joining.clock());
  const authority = await findAuthority(invitation.address, invitation.authority);
  const client = new HubClient(invitation.address, { authority });
  try {
    const { hub } = await client.enroll<{ hub: HubIdentity }>('Hub');
    if (hub.wireVersion !== WIRE_VERSION) {
      throw new Failure(
        'sync.wire-version',
        `The hub speaks wire version ${hub.wireVersion}, this program ${WIRE_VERSION}. Update the older of the two.`,
        { details: { here: WIRE_VERSION, there: hub.wireVersion } },
      );
    }
    const shown = invitation.kind === 'device' ? enrolmentSecret(invitation.secret) : invitation.secret;
    const secret = Buffer.from(shown).toString('base64');
    const region =
      invitation.kind === 'found' ? await found(client, hub, secret, invitation, joining) : openRegion(hub, invitation);
    if (!equalBytes(region.genesis.authority, fingerprintOfPem(authority))) throw foreign();
    const { tlsKey, tlsCertificate } = await enroll(client, secret, invitation.chain, joining);
    return {
      region,
      address: invitation.address,
      authority,
      tlsKey,
      tlsCertificate,
      needsAdmission: invitation.kind === 'clinic',
    };
  } finally {
    client.close();
  }
}

async function found(
  client: HubClient,
  hub: HubIdentity,
  secret: string,
  invitation: Invitation,
  joining: Joining,
): Promise<Region> {
  const hubKey = new Uint8Array(Buffer.from(hub.hubKey, 'hex'));
  if (!equalBytes(sha256(hubKey), invitation.region)) throw foreign();
  const { founding } = joining;
  if (!founding || !joining.signGenesis) throw foreign();
  // Cut off after the hub had it: this clinic's signature is under it already.
  const founded = hub.genesis ? openGenesis(hashParts, verifySignature, Buffer.from(hub.genesis, 'base64')) : undefined;
  if (founded?.founders.some(({ chain }) => equalBytes(chain, founding.chain)) && equalBytes(founded.genesis.hubKey, hubKey))
    return founded;
  const genesis = encodeGenesis({
    name: hub.name,
    hubKey,
    authority: invitation.authority,
    witnesses: [{ chain: founding.chain, cosignKey: founding.statement.cosignKey }],
    founders: [founding.bytes],
    time: joining.clock(),
  });
  const bytes = sealGenesis(genesis, [await joining.signGenesis(genesis)]);
  await client.enroll('Found', { secret, genesis: Buffer.from(bytes).toString('base64') });
  return openGenesis(hashParts, verifySignature, bytes);
}

function openRegion(hub: HubIdentity, invitation: Invitation): Region {
  if (!hub.genesis)
    throw new Failure('sync.region-unfounded', 'This hub has no region yet: its first clinic has to found it.', { retry: true });
  return openGenesis(hashParts, verifySignature, Buffer.from(hub.genesis, 'base64'), invitation.region);
}

async function enroll(
  client: HubClient,
  secret: string,
  chain: Uint8Array,
  { deviceKey, founding }: Joining,
): Promise<{ tlsKey: string; tlsCertificate: string }> {
  const tlsKey = await newTlsKey();
  const device = toHex(deviceKey.publicKey);
  const request = makeRequest(tlsKey, device);
  const proof = Buffer.from(sign(deviceKey, enrolmentProofMessage(requestBytes(request)))).toString('base64');
  const answer = await client.enroll<{ enroll: { certificate: string } }>('Enroll', {
    secret,
    request,
    device,
    proof,
    ...(founding ? { founding: Buffer.from(founding.bytes).toString('base64') } : { chain: toHex(chain) }),
  });
  return { tlsKey, tlsCertificate: answer.enroll.certificate };
}

function foreign(): Failure {
  return new Failure(
    'sync.hub-foreign',
    'This is not the hub that the invitation names. Nothing was sent to it; ask who invited you.',
  );
}
