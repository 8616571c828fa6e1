/**
 * Every operation that hub and clients exchange, wire version 1. A hub answers exactly these texts and no others, so a
 * client sends them as they stand here.
 */
export const HUB_OPERATIONS = {
  Region: 'query Region { region { id name genesis wireVersion } }',
  Caller: 'query Caller { caller { device chain admitted revoked } }',
  Checkpoint: 'query Checkpoint { checkpoint }',
  CosignedCheckpoints: 'query CosignedCheckpoints { cosignedCheckpoints }',
  Newest: 'query Newest($seen: String!) { newest(seen: $seen) }',
  Restoration: 'query Restoration { restoration }',
  ReturnBlocks:
    'mutation ReturnBlocks($checkpoint: String!, $from: Float!, $blocks: [String!]!, $proof: [String!]!) { returnBlocks(checkpoint: $checkpoint, from: $from, blocks: $blocks, proof: $proof) }',
  Equivocations: 'query Equivocations($after: Float!) { equivocations(after: $after) { sequence blocks } }',
  Blocks: 'query Blocks($from: Float!, $limit: Int!) { blocks(from: $from, limit: $limit) { from blocks checkpoint } }',
  Tiles: 'query Tiles($from: Float!, $limit: Int!) { tiles(from: $from, limit: $limit) { from end files { path hash bytes } } }',
  PackedBlocks: 'query PackedBlocks($from: Float!, $limit: Int!) { packedBlocks(from: $from, limit: $limit) }',
  Snapshot: 'query Snapshot { snapshot { size head checkpoint } }',
  SnapshotPage: 'query SnapshotPage($size: Float!, $page: Int!) { snapshotPage(size: $size, page: $page) }',
  InclusionProof: 'query InclusionProof($index: Float!, $size: Float!) { inclusionProof(index: $index, size: $size) }',
  ConsistencyProof: 'query ConsistencyProof($from: Float!, $size: Float!) { consistencyProof(from: $from, size: $size) }',
  Documents:
    'query Documents($handle: String!, $after: Float!, $limit: Int!) { documents(handle: $handle, after: $after, limit: $limit) { documents { sequence name handle sealed wrap } last more } }',
  ClinicDocuments:
    'query ClinicDocuments($after: Float!, $limit: Int!) { clinicDocuments(after: $after, limit: $limit) { documents { sequence name handle sealed wrap } last more } }',
  Messages:
    'query Messages($after: Float!, $limit: Int!) { messages(after: $after, limit: $limit) { sequence id kind senderChain senderDevice body } }',
  PolicyActs: 'query PolicyActs($from: Float!) { policyActs(from: $from) { position event chain type body } }',
  PolicyPapers: 'query PolicyPapers { policyPapers { proposals { type body } offers hubKey hubProof } }',
  ProposePolicy: 'mutation ProposePolicy($type: String!, $body: String!) { proposePolicy(type: $type, body: $body) }',
  OfferToWitness: 'mutation OfferToWitness($offer: String!) { offerToWitness(offer: $offer) }',
  AdmissionRequests: 'query AdmissionRequests { admissionRequests { chain name kind request receivedAt } }',
  Submit: 'mutation Submit($blocks: [String!]!) { submit(blocks: $blocks) { receipts refusals { at code message retry } } }',
  Erased: 'query Erased($handles: [String!]!) { erased(handles: $handles) }',
  ExcuseDocuments: 'mutation ExcuseDocuments($documents: [ErasedDocumentInput!]!) { excuseDocuments(documents: $documents) }',
  PutDocuments: 'mutation PutDocuments($documents: [DocumentInput!]!) { putDocuments(documents: $documents) }',
  SendMessages: 'mutation SendMessages($messages: [MessageInput!]!) { sendMessages(messages: $messages) }',
  WithdrawMessages: 'mutation WithdrawMessages($ids: [String!]!) { withdrawMessages(ids: $ids) }',
  Cosign: 'mutation Cosign($size: Float!, $line: String!) { cosign(size: $size, line: $line) }',
  RequestAdmission: 'mutation RequestAdmission($request: String!) { requestAdmission(request: $request) }',
  InviteDevice:
    'mutation InviteDevice($secretHash: String!, $expires: Float!) { inviteDevice(secretHash: $secretHash, expires: $expires) }',
  Certify:
    'mutation Certify($request: String!, $names: [String!]!) { certify(request: $request, names: $names) { certificate expires } }',
  Escrow: 'query Escrow { escrow }',
  PutEscrow: 'mutation PutEscrow($entries: [EscrowInput!]!) { putEscrow(entries: $entries) }',
  DeleteEscrow: 'mutation DeleteEscrow($backups: [String!]!) { deleteEscrow(backups: $backups) }',
  HealthLinks:
    'query HealthLinks($links: [String!]!) { healthLinks(links: $links) { address links { link opened lastOpened recipient triesLeft } } }',
  PutHealthLink: 'mutation PutHealthLink($link: HealthLinkInput!) { putHealthLink(link: $link) }',
  EndHealthLinks: 'mutation EndHealthLinks($links: [String!]!) { endHealthLinks(links: $links) }',
  OpenCallRoom:
    'mutation OpenCallRoom($room: CallRoomInput!) { openCallRoom(room: $room) { address expires ice { urls username credential } } }',
  SendCallSignal: 'mutation SendCallSignal($room: String!, $body: String!) { sendCallSignal(room: $room, body: $body) }',
  CallSignals:
    'query CallSignals($room: String!, $after: Float!) { callSignals(room: $room, after: $after) { signals { sequence body } joined } }',
  CloseCallRoom: 'mutation CloseCallRoom($room: String!) { closeCallRoom(room: $room) }',
  CallInvitation: 'query CallInvitation($box: String!) { callInvitation(box: $box) }',
  JoinCall:
    'mutation JoinCall($room: String!, $token: String!) { joinCall(room: $room, token: $token) { seat ice { urls username credential } } }',
  SendGuestSignal:
    'mutation SendGuestSignal($room: String!, $seat: String!, $body: String!) { sendGuestSignal(room: $room, seat: $seat, body: $body) }',
  GuestSignals:
    'query GuestSignals($room: String!, $seat: String!, $after: Float!) { guestSignals(room: $room, seat: $seat, after: $after) { signals { sequence body } } }',
  CardPepper: 'mutation CardPepper($ask: String!) { cardPepper(ask: $ask) }',
  CardOpened: 'mutation CardOpened($opened: String!) { cardOpened(opened: $opened) }',
  CardCounts:
    'mutation CardCounts($counts: String!, $after: Float!) { cardCounts(counts: $counts, after: $after) { counts last } }',
  Report: 'mutation Report($report: String!) { report(report: $report) { quarantined rebaseline } }',
  HubDisk: 'query HubDisk($ask: String!) { hubDisk(ask: $ask) { finishedAt faults { part count } } }',
  HubTroubles: 'query HubTroubles($ask: String!) { hubTroubles(ask: $ask) { process store code since } }',
  Samples:
    'query Samples($ask: String!) { samples(ask: $ask) { minutes { start blocks answered refused typical slow storage memory } hours { start blocks answered refused typical slow storage memory } } }',
  Fleet:
    'query Fleet($ask: String!) { fleet(ask: $ask) { size now clinics { chain name kind quarantined rebaseline } devices { device chain kind revoked cut copied lastPosition lastTime reportedAt report { version clock size audited witnessed witnessedAt events documents epoch height problem alarms rebaselined } } acts } }',
  Updates:
    'query Updates($ask: String!) { updates(ask: $ask) { releases { id version ring isWithdrawn } rings { chain ring } } }',
  Administer: 'mutation Administer($act: String!) { administer(act: $act) }',
  AdministratorActs: 'query AdministratorActs($after: Float!) { administratorActs(after: $after) }',
  Head: 'subscription Head { head { checkpoint messages } }',
} as const;

/** What a clinic host answers to the devices of its clinic: some of the hub's operations, by the same texts, and its own. */
export const CLINIC_HOST_OPERATIONS = {
  ...pick('Checkpoint', 'Blocks', 'ConsistencyProof', 'PolicyActs', 'Snapshot'),
  ...pick('Submit', 'PutDocuments', 'SendMessages', 'WithdrawMessages', 'Head', 'CardPepper', 'CardOpened'),
  ClinicHost: 'query ClinicHost { clinicHost { feed device size newest } }',
  Arrivals:
    'query Arrivals($after: Float!, $limit: Int!) { arrivals(after: $after, limit: $limit) { arrivals { sequence kind name device detail bytes wrap } last more } }',
  TakeBack: 'mutation TakeBack($blocks: [String!]!) { takeBack(blocks: $blocks) }',
} as const;

function pick<Name extends keyof typeof HUB_OPERATIONS>(...names: Name[]): Pick<typeof HUB_OPERATIONS, Name> {
  return Object.fromEntries(names.map((name) => [name, HUB_OPERATIONS[name]])) as Pick<typeof HUB_OPERATIONS, Name>;
}

/** What a device without a certificate may ask, under the hub's path for enrolment. */
export const ENROLMENT_OPERATIONS = {
  OpenCheckpoint: 'query OpenCheckpoint { checkpoint }',
  OpenConsistency: 'query OpenConsistency($from: Float!, $size: Float!) { consistencyProof(from: $from, size: $size) }',
  OpenPolicyActs: 'query OpenPolicyActs($from: Float!) { policyActs(from: $from) { position event chain type body } }',
  CosignOutside: 'mutation CosignOutside($size: Float!, $line: String!) { cosign(size: $size, line: $line) }',
  Hub: 'query Hub { hub { name hubKey authority genesis wireVersion } }',
  Found: 'mutation Found($secret: String!, $genesis: String!) { found(secret: $secret, genesis: $genesis) }',
  Enroll:
    'mutation Enroll($secret: String!, $request: String!, $device: String!, $proof: String!, $founding: String, $chain: String) { enroll(secret: $secret, request: $request, device: $device, proof: $proof, founding: $founding, chain: $chain) { certificate expires } }',
  EscrowEntry: 'mutation EscrowEntry($backup: String!, $proof: String!) { escrowEntry(backup: $backup, proof: $proof) }',
} as const;

/** Where on the hub each schema answers. */
export const HUB_PATHS = { graphql: '/graphql', subscriptions: '/subscriptions', enrolment: '/enrolment' } as const;

/** Static files that a device with a certificate may GET (docs/protocol.md, section 18). */
export const STATIC_PATH = /^\/(?:genesis|checkpoint|(?:tile|snapshot)\/[a-z0-9./]{1,100})$/;
