/* eslint-disable */
import * as types from './graphql.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query PickedPatients($search: String) {\n    patients(search: $search, first: 20) {\n      edges {\n        node {\n          id\n          name\n          birthDate\n          deceased\n        }\n      }\n    }\n  }\n": typeof types.PickedPatientsDocument,
    "\n  query PrinterNow {\n    workstation {\n      clinic {\n        name\n      }\n      signedIn {\n        name\n      }\n    }\n  }\n": typeof types.PrinterNowDocument,
    "\n  query PrintedPatient($patient: ID!) {\n    patient(id: $patient) {\n      id\n      name\n      birthDate\n      gender\n      city\n      shared\n      identifiers {\n        type\n        value\n      }\n    }\n  }\n": typeof types.PrintedPatientDocument,
    "\n  query AccessVisits($patient: ID!, $filter: AccessFilter, $first: Int = 50, $after: String) {\n    accessVisits(patient: $patient, filter: $filter, first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          who\n          role\n          clinic\n          own\n          byProgram\n          process\n          recipient\n          brokeGlass\n          purpose\n          actions\n          categories\n          first\n          last\n          lines {\n            id\n            action\n            categories\n            detail\n            at\n            device\n            sequence\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      totalCount\n      people {\n        id\n        name\n        visits\n      }\n      clinics {\n        id\n        name\n        visits\n      }\n      purposes {\n        id\n        visits\n      }\n    }\n  }\n": typeof types.AccessVisitsDocument,
    "\n  query AccessCompleteness($patient: ID!) {\n    accessCompleteness(patient: $patient) {\n      device\n      clinic\n      own\n      everyLine\n      lines\n      anchored\n      waiting\n      missing {\n        from\n        to\n      }\n      altered\n      complete\n    }\n  }\n": typeof types.AccessCompletenessDocument,
    "\n  mutation ExportAccessLog($patient: ID!, $format: AccessExportFormat!, $filter: AccessFilter) {\n    exportAccessLog(patient: $patient, format: $format, filter: $filter) {\n      fileName\n      text\n    }\n  }\n": typeof types.ExportAccessLogDocument,
    "\n  query WhoIsHere {\n    workstation {\n      signedIn {\n        id\n        role\n      }\n    }\n  }\n": typeof types.WhoIsHereDocument,
    "\n  query AccessReceipt($patient: ID!, $lines: [ID!]) {\n    accessReceipt(patient: $patient, lines: $lines) {\n      fileName\n      json\n      lines\n      waiting\n    }\n  }\n": typeof types.AccessReceiptDocument,
    "\n  query ComplaintsOf($patient: ID!) {\n    complaintsOf(patient: $patient) {\n      id\n      line {\n        id\n      }\n      words\n      by\n      openedAt\n      answer {\n        words\n        by\n        at\n      }\n    }\n  }\n": typeof types.ComplaintsOfDocument,
    "\n  query AccessComplaints {\n    accessComplaints {\n      id\n      about\n      patient\n      patientName\n      record {\n        section\n        date\n      }\n      line {\n        id\n        who\n        role\n        clinic\n        action\n        purpose\n        at\n        detail\n      }\n      words\n      by\n      openedAt\n      dueAt\n      overdue\n      answer {\n        words\n        by\n        at\n      }\n      isAsAnchored\n    }\n  }\n": typeof types.AccessComplaintsDocument,
    "\n  query AdminChanges {\n    adminChanges {\n      id\n      what\n      subject\n      before\n      after\n      author\n      clinic\n      own\n      at\n      position\n    }\n    staffMembers {\n      id\n      name\n    }\n  }\n": typeof types.AdminChangesDocument,
    "\n  mutation ComplainOfAccess($patient: ID!, $line: ID!, $words: String!) {\n    complainOfAccess(patient: $patient, line: $line, words: $words) {\n      id\n    }\n  }\n": typeof types.ComplainOfAccessDocument,
    "\n  mutation AnswerComplaint($id: ID!, $words: String!) {\n    answerComplaint(id: $id, words: $words) {\n      id\n      answer {\n        words\n        by\n        at\n      }\n    }\n  }\n": typeof types.AnswerComplaintDocument,
    "\n  fragment BackupParts on BackupState {\n    backups {\n      id\n      state\n      made\n      expires\n      folder\n      bytes\n      checkedAt\n      documents\n      keys\n      recoverable\n      problem {\n        code\n        details {\n          name\n          value\n        }\n        message\n      }\n    }\n    schedule {\n      folder\n      everyHours\n    }\n    nextDue\n    scheduleProblem {\n      code\n      details {\n        name\n        value\n      }\n      message\n    }\n    progress {\n      step\n      done\n      total\n    }\n    recovery {\n      holders\n      threshold\n      made\n    }\n    lastDrill {\n      at\n      seconds\n    }\n  }\n": typeof types.BackupPartsFragmentDoc,
    "\n  query BackupsNow {\n    backups {\n      ...BackupParts\n    }\n  }\n": typeof types.BackupsNowDocument,
    "\n  subscription BackupsChanged {\n    backupsChanged {\n      ...BackupParts\n    }\n  }\n": typeof types.BackupsChangedDocument,
    "\n  mutation MakeBackup($folder: String!) {\n    makeBackup(folder: $folder) {\n      ...BackupParts\n    }\n  }\n": typeof types.MakeBackupDocument,
    "\n  mutation ScheduleBackups($folder: String, $everyHours: Int) {\n    scheduleBackups(folder: $folder, everyHours: $everyHours) {\n      ...BackupParts\n    }\n  }\n": typeof types.ScheduleBackupsDocument,
    "\n  mutation MakeRecoverySheets($holders: [String!]!, $threshold: Int!, $passphrase: String!) {\n    makeRecoverySheets(holders: $holders, threshold: $threshold, passphrase: $passphrase) {\n      holder\n      index\n      text\n      lines\n    }\n  }\n": typeof types.MakeRecoverySheetsDocument,
    "\n  mutation RunDrill($passphrase: String!) {\n    runDrill(passphrase: $passphrase)\n  }\n": typeof types.RunDrillDocument,
    "\n  query CareCardOf($patient: ID!) {\n    careCard(patient: $patient) {\n      id\n      issuedAt\n      opensInRegion\n      hasEmergency\n      triesLeft\n      progress\n    }\n    patient(id: $patient) {\n      id\n      shared\n      deceased\n    }\n  }\n": typeof types.CareCardOfDocument,
    "\n  mutation IssueCareCard($patient: ID!, $pin: String!, $passphrase: String!, $emergency: Boolean!) {\n    issueCareCard(patient: $patient, pin: $pin, passphrase: $passphrase, emergency: $emergency) {\n      qr\n      groups\n      patientName\n      clinicName\n      card {\n        id\n        issuedAt\n        opensInRegion\n      }\n    }\n  }\n": typeof types.IssueCareCardDocument,
    "\n  mutation EndCareCard($patient: ID!, $passphrase: String!) {\n    endCareCard(patient: $patient, passphrase: $passphrase)\n  }\n": typeof types.EndCareCardDocument,
    "\n  mutation ShowCareCard($card: ShownCard!) {\n    showCareCard(card: $card) {\n      card\n      name\n      birthDate\n      clinicName\n      categories\n    }\n  }\n": typeof types.ShowCareCardDocument,
    "\n  query CardShareText($share: CardShareInput!) {\n    cardShareText(share: $share) {\n      text\n      hash\n    }\n  }\n": typeof types.CardShareTextDocument,
    "\n  mutation ShareByCard($share: CardShareInput!, $textHash: String!, $card: ShownCard!, $passphrase: String!) {\n    shareByCard(share: $share, textHash: $textHash, card: $card, passphrase: $passphrase)\n  }\n": typeof types.ShareByCardDocument,
    "\n  mutation OpenCardEmergency($code: String!) {\n    openCardEmergency(code: $code) {\n      name\n      birthDate\n      sections {\n        name\n        lines {\n          text\n          date\n          disagreements\n        }\n      }\n    }\n  }\n": typeof types.OpenCardEmergencyDocument,
    "\n  query CardDesk {\n    workstation {\n      signedIn {\n        role\n      }\n    }\n  }\n": typeof types.CardDeskDocument,
    "\n  query GuardiansOf($patient: ID!) {\n    guardians(patient: $patient) {\n      ...GuardianParts\n    }\n    wards(patient: $patient) {\n      ...GuardianParts\n    }\n    guardianAges {\n      majority\n      privateFrom\n    }\n    patient(id: $patient) {\n      id\n      deceased\n    }\n  }\n  fragment GuardianParts on Guardian {\n    patient\n    patientName\n    guardian\n    guardianName\n    relationship\n    state\n    mayConsent\n    mayComplain\n    starts\n    ends\n    endedAt\n    signedByPatient\n    evidence\n    text\n  }\n": typeof types.GuardiansOfDocument,
    "\n  query GuardianText($input: GuardianInput!) {\n    guardianText(input: $input) {\n      text\n      hash\n      ends\n      needsCard\n      isChild\n    }\n  }\n": typeof types.GuardianTextDocument,
    "\n  mutation NameGuardian($input: GuardianInput!, $textHash: ID!, $passphrase: String!, $card: ShownCard) {\n    nameGuardian(input: $input, textHash: $textHash, passphrase: $passphrase, card: $card) {\n      guardian\n    }\n  }\n": typeof types.NameGuardianDocument,
    "\n  mutation EndGuardian($patient: ID!, $guardian: ID!, $passphrase: String!) {\n    endGuardian(patient: $patient, guardian: $guardian, passphrase: $passphrase) {\n      guardian\n    }\n  }\n": typeof types.EndGuardianDocument,
    "\n  mutation SetGuardianAges($majority: Int!, $privateFrom: Int!, $passphrase: String!) {\n    setGuardianAges(majority: $majority, privateFrom: $privateFrom, passphrase: $passphrase) {\n      majority\n      privateFrom\n    }\n  }\n": typeof types.SetGuardianAgesDocument,
    "\n  query PalettePatients($search: String!) {\n    patients(search: $search, first: 6) {\n      edges {\n        cursor\n        node {\n          id\n          name\n          birthDate\n        }\n      }\n    }\n  }\n": typeof types.PalettePatientsDocument,
    "\n  query CardNews {\n    cardNews {\n      id\n      patient\n      patientName\n      clinicName\n      change\n      at\n    }\n  }\n": typeof types.CardNewsDocument,
    "\n  mutation NoteCardNews($id: ID!) {\n    noteCardNews(id: $id)\n  }\n": typeof types.NoteCardNewsDocument,
    "\n  fragment ConsentParts on Consent {\n    id\n    patient\n    recipient\n    recipientName\n    categories\n    exceptions {\n      kind\n      value\n      name\n    }\n    purpose\n    starts\n    ends\n    state\n    verification\n    language\n    text\n    recordedBy\n    recordedAt\n    confirmedAt\n    withdrawnAt\n    purges {\n      at\n    }\n    recipientDesks\n    progress\n    resource\n  }\n": typeof types.ConsentPartsFragmentDoc,
    "\n  query ConsentsOf($patient: ID!) {\n    consents(patient: $patient) {\n      ...ConsentParts\n    }\n  }\n": typeof types.ConsentsOfDocument,
    "\n  query Recipients {\n    clinics {\n      chain\n      name\n      kind\n      own\n    }\n  }\n": typeof types.RecipientsDocument,
    "\n  query ConsentExceptions($patient: ID!) {\n    consentExceptions(patient: $patient) {\n      kind\n      value\n      name\n    }\n  }\n": typeof types.ConsentExceptionsDocument,
    "\n  query ConsentTextOf($input: ConsentInput!) {\n    consentText(input: $input) {\n      language\n      text\n      hash\n      needsCard\n    }\n  }\n": typeof types.ConsentTextOfDocument,
    "\n  mutation GiveConsent($input: ConsentInput!, $textHash: String!, $passphrase: String!, $card: ShownCard) {\n    giveConsent(input: $input, textHash: $textHash, passphrase: $passphrase, card: $card) {\n      ...ConsentParts\n    }\n  }\n": typeof types.GiveConsentDocument,
    "\n  mutation WithdrawConsent($id: ID!, $passphrase: String!) {\n    withdrawConsent(id: $id, passphrase: $passphrase) {\n      ...ConsentParts\n    }\n  }\n": typeof types.WithdrawConsentDocument,
    "\n  query WhoCouldOpen($patient: ID!) {\n    whoCouldOpen(patient: $patient) {\n      clinicName\n      own\n      name\n      role\n      count\n      opens {\n        purpose\n        categories\n        reason\n        partial\n      }\n    }\n  }\n": typeof types.WhoCouldOpenDocument,
    "\n  fragment RestrictionParts on Restriction {\n    id\n    people\n    roles\n    categories\n    labels\n    verification\n    recordedBy\n    recordedAt\n    liftedAt\n    progress\n  }\n": typeof types.RestrictionPartsFragmentDoc,
    "\n  query RestrictionsOf($patient: ID!) {\n    restrictions(patient: $patient) {\n      ...RestrictionParts\n    }\n  }\n": typeof types.RestrictionsOfDocument,
    "\n  mutation Restrict($input: RestrictionInput!, $passphrase: String!) {\n    restrict(input: $input, passphrase: $passphrase) {\n      ...RestrictionParts\n    }\n  }\n": typeof types.RestrictDocument,
    "\n  mutation LiftRestriction($patient: ID!, $id: ID!, $passphrase: String!) {\n    liftRestriction(patient: $patient, id: $id, passphrase: $passphrase) {\n      ...RestrictionParts\n    }\n  }\n": typeof types.LiftRestrictionDocument,
    "\n  query Colleagues {\n    staffMembers {\n      id\n      name\n      revoked\n    }\n  }\n": typeof types.ColleaguesDocument,
    "\n  query ConsentProofOf($patient: ID!, $id: ID!) {\n    consentProof(patient: $patient, id: $id)\n  }\n": typeof types.ConsentProofOfDocument,
    "\n  query ForeignConsents($patient: ID!) {\n    foreignConsents(patient: $patient) {\n      record\n      title\n      date\n      active\n      permitsOtherwise\n      notEnforced\n      fault\n      rules {\n        depth\n        permits\n        readers\n        purposes\n        categories\n        labels\n        starts\n        ends\n        emergencyOnly\n        alsoNames\n      }\n    }\n  }\n": typeof types.ForeignConsentsDocument,
    "\n  query BrokenGlass($patient: ID!) {\n    brokenGlass(patient: $patient) {\n      use\n      ends\n      askedOf\n      isAnswered\n    }\n  }\n": typeof types.BrokenGlassDocument,
    "\n  mutation BreakGlass($input: BreakGlassInput!) {\n    breakGlass(input: $input) {\n      use\n      ends\n    }\n  }\n": typeof types.BreakGlassDocument,
    "\n  mutation EndGlass($patient: ID!) {\n    endGlass(patient: $patient)\n  }\n": typeof types.EndGlassDocument,
    "\n  fragment GlassUseParts on GlassUse {\n    use\n    patient\n    patientName\n    who\n    role\n    clinic\n    isOwn\n    reason\n    words\n    proof\n    began\n    ends\n    categories\n    isOverdue\n    toldAt\n    review {\n      verdict\n      by\n      at\n      words\n    }\n  }\n": typeof types.GlassUsePartsFragmentDoc,
    "\n  query GlassUses {\n    glassUses {\n      ...GlassUseParts\n    }\n  }\n": typeof types.GlassUsesDocument,
    "\n  mutation ReviewGlass($use: ID!, $verdict: GlassVerdict!, $words: String!) {\n    reviewGlass(use: $use, verdict: $verdict, words: $words) {\n      ...GlassUseParts\n    }\n  }\n": typeof types.ReviewGlassDocument,
    "\n  mutation NoteGlassTold($use: ID!) {\n    noteGlassTold(use: $use) {\n      ...GlassUseParts\n    }\n  }\n": typeof types.NoteGlassToldDocument,
    "\n  fragment CoverParts on Cover {\n    id\n    from\n    until\n    state\n    byMe\n    endable\n    covered {\n      id\n      name\n    }\n    covering {\n      id\n      name\n    }\n  }\n": typeof types.CoverPartsFragmentDoc,
    "\n  query Covers($past: Boolean!) {\n    covers(past: $past) {\n      ...CoverParts\n    }\n  }\n": typeof types.CoversDocument,
    "\n  mutation NameCover($input: CoverInput!) {\n    nameCover(input: $input) {\n      ...CoverParts\n    }\n  }\n": typeof types.NameCoverDocument,
    "\n  mutation WithdrawCover($cover: ID!) {\n    withdrawCover(cover: $cover) {\n      ...CoverParts\n    }\n  }\n": typeof types.WithdrawCoverDocument,
    "\n  query ErasurePlan($patient: ID!) {\n    erasurePlan(patient: $patient) {\n      patient\n      name\n      compartments {\n        handle\n        category\n        documents\n      }\n      clinics\n      desks\n      retained {\n        ground\n        article\n        basis\n        until\n      }\n      retentionSet\n    }\n    holds(patient: $patient) {\n      ...HoldParts\n    }\n  }\n\n  fragment HoldParts on Hold {\n    id\n    ground\n    article\n    reason\n    placedBy\n    placedAt\n    liftedBy\n    liftedAt\n  }\n": typeof types.ErasurePlanDocument,
    "\n  query Erasures {\n    erasures {\n      ...ErasureParts\n    }\n    retention {\n      ...RetentionParts\n    }\n  }\n\n  fragment ErasureParts on Erasure {\n    id\n    whole\n    ground\n    at\n    by\n    state\n    compartments {\n      handle\n      category\n      documents\n    }\n    confirmations {\n      party\n      device\n      clinic\n      here\n      at\n      count\n    }\n    retained {\n      ground\n      article\n      basis\n      until\n    }\n    lastBackupDies\n  }\n\n  fragment RetentionParts on Retention {\n    jurisdiction\n    years\n    setBy\n    setAt\n    rules {\n      jurisdiction\n      years\n      basis\n    }\n  }\n": typeof types.ErasuresDocument,
    "\n  mutation Erase($input: ErasureInput!, $passphrase: String!) {\n    erase(input: $input, passphrase: $passphrase) {\n      ...ErasureParts\n    }\n  }\n": typeof types.EraseDocument,
    "\n  mutation SetRetention($jurisdiction: String!, $years: Int!, $passphrase: String!) {\n    setRetention(jurisdiction: $jurisdiction, years: $years, passphrase: $passphrase) {\n      ...RetentionParts\n    }\n  }\n": typeof types.SetRetentionDocument,
    "\n  mutation PlaceHold($patient: ID!, $ground: RetentionGround!, $reason: String!, $passphrase: String!) {\n    placeHold(patient: $patient, ground: $ground, reason: $reason, passphrase: $passphrase) {\n      ...HoldParts\n    }\n  }\n": typeof types.PlaceHoldDocument,
    "\n  mutation LiftHold($id: ID!, $passphrase: String!) {\n    liftHold(id: $id, passphrase: $passphrase) {\n      ...HoldParts\n    }\n  }\n": typeof types.LiftHoldDocument,
    "\n  query ErasureCertificate($id: ID!) {\n    erasureCertificate(id: $id)\n  }\n": typeof types.ErasureCertificateDocument,
    "\n  fragment FacadeParts on FhirFacade {\n    port\n    address\n    problem {\n      code\n      details {\n        name\n        value\n      }\n      message\n    }\n    network {\n      listen\n      names\n      addresses\n      authority\n      fingerprint\n    }\n    callers {\n      address\n      program\n      at\n      refused\n    }\n  }\n": typeof types.FacadePartsFragmentDoc,
    "\n  query FhirFacadeNow {\n    fhirFacade {\n      ...FacadeParts\n    }\n    workstation {\n      signedIn {\n        role\n      }\n    }\n  }\n": typeof types.FhirFacadeNowDocument,
    "\n  mutation ServeFhir($port: Int, $network: FhirNetworkInput) {\n    serveFhir(port: $port, network: $network) {\n      ...FacadeParts\n    }\n  }\n": typeof types.ServeFhirDocument,
    "\n  query FhirTokens {\n    fhirTokens {\n      id\n      name\n      scopes\n      purpose\n      patient\n      network\n      staffName\n      isOwn\n      madeAt\n      expiresAt\n      revokedAt\n    }\n  }\n": typeof types.FhirTokensDocument,
    "\n  mutation MakeFhirToken($program: NewFhirToken!) {\n    makeFhirToken(program: $program) {\n      secret\n      token {\n        id\n      }\n    }\n  }\n": typeof types.MakeFhirTokenDocument,
    "\n  mutation RevokeFhirToken($id: ID!) {\n    revokeFhirToken(id: $id) {\n      id\n      revokedAt\n    }\n  }\n": typeof types.RevokeFhirTokenDocument,
    "\n  query ExportProgress {\n    exportProgress {\n      patients\n      patientsOf\n      resources\n      resourcesOf\n      bytes\n    }\n  }\n": typeof types.ExportProgressDocument,
    "\n  mutation CancelExport {\n    cancelExport\n  }\n": typeof types.CancelExportDocument,
    "\n  mutation ExportRecords($folder: String!, $patient: ID, $passphrase: String!) {\n    exportRecords(folder: $folder, patient: $patient, passphrase: $passphrase) {\n      path\n      files\n      bytes\n      resources\n      missing\n    }\n  }\n": typeof types.ExportRecordsDocument,
    "\n  query Fleet {\n    fleet {\n      size\n      now\n      clinics {\n        chain\n        name\n        kind\n        quarantined\n        rebaseline\n        ring\n      }\n      devices {\n        ...FleetDeviceParts\n      }\n      releases {\n        id\n        version\n        offered\n      }\n      acts {\n        ...HubActParts\n      }\n      troubles {\n        process\n        store\n        code\n        since\n      }\n    }\n  }\n": typeof types.FleetDocument,
    "\n  query HubLedger {\n    hubLedger {\n      minutes {\n        ...HubSampleParts\n      }\n      hours {\n        ...HubSampleParts\n      }\n      quorum\n      witnesses {\n        who\n        clinic\n        cosignedAt\n      }\n      disk {\n        finishedAt\n        faults {\n          part\n          count\n        }\n      }\n    }\n  }\n": typeof types.HubLedgerDocument,
    "\n  query RegionAnchors {\n    regionAnchors {\n      size\n      command\n      ours {\n        id\n        parent\n        parentName\n        size\n        root\n        time\n        witnessed\n        standing\n      }\n      others {\n        id\n        region\n        by\n        size\n        root\n        time\n        witnessed\n      }\n    }\n  }\n": typeof types.RegionAnchorsDocument,
    "\n  mutation KeepRegionAnchor($file: String!) {\n    keepRegionAnchor(file: $file) {\n      id\n      size\n      standing\n    }\n  }\n": typeof types.KeepRegionAnchorDocument,
    "\n  query RegionAnchorFile($id: ID!) {\n    regionAnchorFile(id: $id)\n  }\n": typeof types.RegionAnchorFileDocument,
    "\n  fragment HubSampleParts on HubSample {\n    start\n    blocks\n    answered\n    refused\n    typical\n    slow\n    storage\n    memory\n  }\n": typeof types.HubSamplePartsFragmentDoc,
    "\n  fragment FleetDeviceParts on FleetDevice {\n    device\n    chain\n    clinic\n    kind\n    needs\n    quarantined\n    revoked\n    cut\n    lastPosition\n    lastTime\n    reportedAt\n    offered\n    report {\n      version\n      skew\n      lag\n      events\n      documents\n      audited\n      witnessed\n      witnessedAt\n      epoch\n      height\n      problem\n      alarms\n    }\n  }\n": typeof types.FleetDevicePartsFragmentDoc,
    "\n  fragment HubActParts on HubAct {\n    sequence\n    kind\n    subject\n    before\n    after\n    reason\n    time\n    author\n    atMachine\n  }\n": typeof types.HubActPartsFragmentDoc,
    "\n  mutation AdministerHub($input: HubActInput!) {\n    administerHub(input: $input)\n  }\n": typeof types.AdministerHubDocument,
    "\n  mutation InviteClinic($input: InvitationInput!) {\n    inviteClinic(input: $input) {\n      id\n      text\n      expires\n    }\n  }\n": typeof types.InviteClinicDocument,
    "\n  query OwnId {\n    me {\n      id\n      name\n      hasSecondFactor\n    }\n  }\n": typeof types.OwnIdDocument,
    "\n  query FormDrafts($patient: ID) {\n    formDrafts(patient: $patient) {\n      kind\n      key\n      content\n      savedAt\n    }\n  }\n": typeof types.FormDraftsDocument,
    "\n  mutation SaveFormDraft($patient: ID, $kind: String!, $key: String!, $content: String!) {\n    saveFormDraft(patient: $patient, kind: $kind, key: $key, content: $content) {\n      kind\n      key\n      savedAt\n    }\n  }\n": typeof types.SaveFormDraftDocument,
    "\n  mutation DiscardFormDraft($patient: ID, $kind: String!, $key: String!) {\n    discardFormDraft(patient: $patient, kind: $kind, key: $key)\n  }\n": typeof types.DiscardFormDraftDocument,
    "\n  query Administration {\n    administration {\n      forkedAt\n      acts {\n        id\n        number\n        kind\n        subject\n        clinic\n        version\n        before\n        after\n        reason\n        time\n        author\n        by\n      }\n    }\n  }\n": typeof types.AdministrationDocument,
    "\n  fragment EvidenceParts on Evidence {\n    id\n    code\n    about\n    message\n    since\n    stops\n    provable\n    acknowledgedAt\n    acknowledgedBy\n    resolvedAt\n    resolvedBy\n  }\n": typeof types.EvidencePartsFragmentDoc,
    "\n  query OpenAlarms {\n    syncState {\n      run\n      revision\n      witnessedAt\n      alarms {\n        ...EvidenceParts\n      }\n      diskCheck {\n        ...DiskParts\n      }\n    }\n  }\n": typeof types.OpenAlarmsDocument,
    "\n  query EveryEvidence {\n    evidence {\n      ...EvidenceParts\n    }\n  }\n": typeof types.EveryEvidenceDocument,
    "\n  query EvidenceFile($id: Int!) {\n    evidenceFile(id: $id)\n  }\n": typeof types.EvidenceFileDocument,
    "\n  mutation AcknowledgeEvidence($id: Int!) {\n    acknowledgeEvidence(id: $id) {\n      run\n      revision\n      alarms {\n        ...EvidenceParts\n      }\n    }\n  }\n": typeof types.AcknowledgeEvidenceDocument,
    "\n  mutation FollowRestoredHub {\n    followRestoredHub {\n      run\n      revision\n      connection\n      alarms {\n        ...EvidenceParts\n      }\n    }\n  }\n": typeof types.FollowRestoredHubDocument,
    "\n  mutation ResumeSync {\n    resumeSync {\n      run\n      revision\n      connection\n      alarms {\n        ...EvidenceParts\n      }\n    }\n  }\n": typeof types.ResumeSyncDocument,
    "\n  fragment BlockParts on LedgerBlock {\n    position\n    hash\n    chain\n    clinic\n    device\n    epoch\n    height\n    time\n    bytes\n    progress\n    audited\n    events {\n      type\n      handle\n      author\n      personal\n      time\n      verdict\n      reason\n    }\n  }\n": typeof types.BlockPartsFragmentDoc,
    "\n  fragment DiskParts on DiskCheck {\n    finishedAt\n    faults {\n      part\n      count\n    }\n  }\n": typeof types.DiskPartsFragmentDoc,
    "\n  query NewestBlocks($before: Float, $limit: Int!) {\n    ledgerBlocks(before: $before, limit: $limit) {\n      ...BlockParts\n    }\n  }\n": typeof types.NewestBlocksDocument,
    "\n  query BlockAt($position: Float!) {\n    ledgerBlock(position: $position) {\n      ...BlockParts\n    }\n  }\n": typeof types.BlockAtDocument,
    "\n  query InclusionOf($position: Float!) {\n    inclusion(position: $position) {\n      position\n      size\n      leaf\n      root\n      nodes\n      valid\n      checkpoint\n    }\n  }\n": typeof types.InclusionOfDocument,
    "\n  query LedgerState {\n    syncState {\n      run\n      revision\n      replicaSize\n      historyFrom\n      auditedSize\n      witnessedSize\n      witnessedAt\n      pendingEvents\n    }\n  }\n": typeof types.LedgerStateDocument,
    "\n  query DiskState {\n    syncState {\n      diskCheck {\n        ...DiskParts\n      }\n    }\n  }\n": typeof types.DiskStateDocument,
    "\n  query UnfinishedFileStore {\n    unfinishedFileStore {\n      files\n      bytes\n      keptDays\n    }\n  }\n": typeof types.UnfinishedFileStoreDocument,
    "\n  fragment OfferParts on Offer {\n    id\n    title\n    description\n    publisher\n    publisherName\n    own\n    purposes\n    categories\n    criteria\n    reward\n    minimumGroup\n    opens\n    expires\n    state\n    participants\n    promised {\n      currency\n      amount\n    }\n    progress\n  }\n": typeof types.OfferPartsFragmentDoc,
    "\n  fragment BenefitParts on Benefit {\n    id\n    amount\n    currency\n    earnedAt\n    paidAt\n    earnedFor\n    paidBy\n  }\n": typeof types.BenefitPartsFragmentDoc,
    "\n  fragment ParticipantParts on Participant {\n    id\n    since\n    active\n    benefits {\n      ...BenefitParts\n    }\n  }\n": typeof types.ParticipantPartsFragmentDoc,
    "\n  query ParticipantsOf($offer: ID!) {\n    participants(offer: $offer) {\n      ...ParticipantParts\n    }\n  }\n": typeof types.ParticipantsOfDocument,
    "\n  mutation RecordEarned($offer: ID!, $participant: ID!, $amount: Float!, $words: String!, $passphrase: String!) {\n    recordEarned(offer: $offer, participant: $participant, amount: $amount, words: $words, passphrase: $passphrase) {\n      ...ParticipantParts\n    }\n  }\n": typeof types.RecordEarnedDocument,
    "\n  mutation RecordPaid($offer: ID!, $participant: ID!, $benefit: ID!, $words: String!, $passphrase: String!) {\n    recordPaid(offer: $offer, participant: $participant, benefit: $benefit, words: $words, passphrase: $passphrase) {\n      ...ParticipantParts\n    }\n  }\n": typeof types.RecordPaidDocument,
    "\n  query BenefitReceipt($patient: ID!, $benefit: ID!) {\n    benefitReceipt(patient: $patient, benefit: $benefit)\n  }\n": typeof types.BenefitReceiptDocument,
    "\n  query OffersNow {\n    offers {\n      ...OfferParts\n    }\n  }\n": typeof types.OffersNowDocument,
    "\n  query ParticipationsOf($patient: ID!) {\n    participations(patient: $patient) {\n      patient\n      active\n      since\n      progress\n      benefits {\n        ...BenefitParts\n      }\n      offer {\n        ...OfferParts\n      }\n    }\n  }\n": typeof types.ParticipationsOfDocument,
    "\n  mutation PublishOffer($input: OfferInput!, $passphrase: String!) {\n    publishOffer(input: $input, passphrase: $passphrase) {\n      ...OfferParts\n    }\n  }\n": typeof types.PublishOfferDocument,
    "\n  mutation WithdrawOffer($id: ID!, $passphrase: String!) {\n    withdrawOffer(id: $id, passphrase: $passphrase) {\n      ...OfferParts\n    }\n  }\n": typeof types.WithdrawOfferDocument,
    "\n  mutation JoinOffer($patient: ID!, $offer: ID!, $passphrase: String!) {\n    joinOffer(patient: $patient, offer: $offer, passphrase: $passphrase) {\n      patient\n      active\n      since\n      progress\n      benefits {\n        ...BenefitParts\n      }\n      offer {\n        ...OfferParts\n      }\n    }\n  }\n": typeof types.JoinOfferDocument,
    "\n  mutation LeaveOffer($patient: ID!, $offer: ID!, $passphrase: String!) {\n    leaveOffer(patient: $patient, offer: $offer, passphrase: $passphrase) {\n      patient\n      active\n      since\n      progress\n      benefits {\n        ...BenefitParts\n      }\n      offer {\n        ...OfferParts\n      }\n    }\n  }\n": typeof types.LeaveOfferDocument,
    "\n  query MonitoringDesk {\n    workstation {\n      clinic {\n        chain\n      }\n      signedIn {\n        role\n      }\n    }\n  }\n": typeof types.MonitoringDeskDocument,
    "\n  fragment ReadingGatewayParts on ReadingGateway {\n    key\n    name\n    enrolledBy\n    enrolledAt\n    revokedAt\n    revokedBy\n    newestAt\n  }\n": typeof types.ReadingGatewayPartsFragmentDoc,
    "\n  query ReadingGateways {\n    readingGateways {\n      ...ReadingGatewayParts\n    }\n    readingFolder {\n      path\n      lookedAt\n      taken\n      refused\n      folderProblem {\n        code\n        message\n        details {\n          name\n          value\n        }\n      }\n      batchProblem {\n        code\n        message\n        details {\n          name\n          value\n        }\n      }\n    }\n  }\n": typeof types.ReadingGatewaysDocument,
    "\n  mutation EnrolReadingGateway($name: String!, $key: String!) {\n    enrolReadingGateway(name: $name, key: $key) {\n      ...ReadingGatewayParts\n    }\n  }\n": typeof types.EnrolReadingGatewayDocument,
    "\n  mutation RevokeReadingGateway($key: ID!) {\n    revokeReadingGateway(key: $key) {\n      ...ReadingGatewayParts\n    }\n  }\n": typeof types.RevokeReadingGatewayDocument,
    "\n  mutation SetReadingFolder($path: String) {\n    setReadingFolder(path: $path) {\n      path\n    }\n  }\n": typeof types.SetReadingFolderDocument,
    "\n  fragment AlertParts on MonitoringAlert {\n    id\n    side\n    threshold\n    escalated\n    step\n    corrected\n    acknowledgedBy\n    acknowledgedAt\n    reading {\n      value\n      measured\n      received\n    }\n  }\n": typeof types.AlertPartsFragmentDoc,
    "\n  fragment WatchParts on Watch {\n    id\n    measurement\n    unit\n    state\n    notWatchingSince\n    passedOver\n    patient {\n      id\n      name\n      birthDate\n    }\n    last {\n      value\n      measured\n      received\n    }\n    alerts {\n      ...AlertParts\n    }\n    acknowledged {\n      ...AlertParts\n    }\n    plans {\n      id\n      active\n      low\n      high\n      intervalMinutes\n      escalateMinutes\n      repeatMinutes\n      ladder {\n        afterMinutes\n        tell {\n          id\n          name\n        }\n      }\n      by\n      from\n      tell {\n        id\n        name\n      }\n    }\n  }\n": typeof types.WatchPartsFragmentDoc,
    "\n  query Monitored {\n    monitored {\n      ...WatchParts\n    }\n  }\n": typeof types.MonitoredDocument,
    "\n  query AlertCalls {\n    alertCalls {\n      id\n      measurement\n      unit\n      open\n      step\n      steps\n      calls\n      covered\n      patient {\n        id\n        name\n      }\n      alert {\n        ...AlertParts\n      }\n    }\n  }\n": typeof types.AlertCallsDocument,
    "\n  query MonitoringOf($patient: ID!) {\n    monitoring(patient: $patient) {\n      ...WatchParts\n    }\n  }\n": typeof types.MonitoringOfDocument,
    "\n  query MonitoringDryRun($input: MonitoringInput!) {\n    monitoringDryRun(input: $input) {\n      readings\n      alerts\n      gaps\n    }\n  }\n": typeof types.MonitoringDryRunDocument,
    "\n  query MonitoringStaff {\n    me {\n      id\n    }\n    staffMembers {\n      id\n      name\n      role\n      revoked\n    }\n  }\n": typeof types.MonitoringStaffDocument,
    "\n  mutation SetMonitoring($input: MonitoringInput!) {\n    setMonitoring(input: $input) {\n      ...WatchParts\n    }\n  }\n": typeof types.SetMonitoringDocument,
    "\n  mutation EndMonitoring($patient: ID!, $measurement: Measurement!) {\n    endMonitoring(patient: $patient, measurement: $measurement) {\n      ...WatchParts\n    }\n  }\n": typeof types.EndMonitoringDocument,
    "\n  mutation AcknowledgeAlerts($watch: ID!, $alerts: [ID!]!) {\n    acknowledgeAlerts(watch: $watch, alerts: $alerts) {\n      ...WatchParts\n    }\n  }\n": typeof types.AcknowledgeAlertsDocument,
    "\n  query PatientSheet($patient: ID!) {\n    patient(id: $patient) {\n      id\n      name\n      birthDate\n      gender\n      deceased\n      deceasedAt\n      phone\n      city\n      custodianName\n      shared\n      identifiers {\n        system\n        value\n        type\n      }\n    }\n  }\n": typeof types.PatientSheetDocument,
    "\n  query FindPatients($search: String, $first: Int = 50, $after: String) {\n    patients(search: $search, first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          name\n          birthDate\n          gender\n          deceased\n          city\n          custodianName\n          shared\n          mergedInto\n          identifiers {\n            system\n            value\n            type\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      totalCount\n    }\n  }\n": typeof types.FindPatientsDocument,
    "\n  mutation RegisterPatient($input: RegisterPatientInput!, $evenSo: Boolean) {\n    registerPatient(input: $input, evenSo: $evenSo) {\n      patient {\n        id\n        name\n      }\n      candidates {\n        reasons\n        probability\n        evidence {\n          field\n          agreement\n          weight\n        }\n        patient {\n          id\n          name\n          birthDate\n          gender\n          city\n          identifiers {\n            system\n            value\n            type\n          }\n        }\n      }\n    }\n  }\n": typeof types.RegisterPatientDocument,
    "\n  fragment PaymentParts on PaymentReceipt {\n    id\n    revision\n    number\n    paidAt\n    means\n    currency\n    lines {\n      what\n      amount\n    }\n    total\n    takenBy\n    voided\n  }\n": typeof types.PaymentPartsFragmentDoc,
    "\n  query PaymentReceipts($patient: ID!) {\n    paymentReceipts(patient: $patient) {\n      ...PaymentParts\n    }\n  }\n": typeof types.PaymentReceiptsDocument,
    "\n  mutation WritePaymentReceipt($input: PaymentReceiptInput!) {\n    writePaymentReceipt(input: $input) {\n      ...PaymentParts\n    }\n  }\n": typeof types.WritePaymentReceiptDocument,
    "\n  mutation VoidPaymentReceipt($patient: ID!, $receipt: ID!, $revision: String!, $reason: String!) {\n    voidPaymentReceipt(patient: $patient, receipt: $receipt, revision: $revision, reason: $reason) {\n      ...PaymentParts\n    }\n  }\n": typeof types.VoidPaymentReceiptDocument,
    "\n  mutation NotePaymentPrint($patient: ID!, $receipt: ID!) {\n    notePaymentPrint(patient: $patient, receipt: $receipt)\n  }\n": typeof types.NotePaymentPrintDocument,
    "\n  query AttachmentOf($patient: ID!, $record: ID!) {\n    attachment(patient: $patient, record: $record) {\n      id\n      name\n      type\n      size\n      pieces\n    }\n  }\n": typeof types.AttachmentOfDocument,
    "\n  query AttachmentPiece($patient: ID!, $record: ID!, $index: Int!) {\n    attachmentPiece(patient: $patient, record: $record, index: $index)\n  }\n": typeof types.AttachmentPieceDocument,
    "\n  mutation BeginAttachment($input: AttachmentInput!, $title: String!) {\n    beginAttachment(input: $input, title: $title) {\n      id\n      next\n      of\n    }\n  }\n": typeof types.BeginAttachmentDocument,
    "\n  mutation PutAttachmentPiece($input: AttachmentInput!, $index: Int!, $data: String!) {\n    putAttachmentPiece(input: $input, index: $index, data: $data) {\n      id\n      next\n      of\n    }\n  }\n": typeof types.PutAttachmentPieceDocument,
    "\n  query UnfinishedFiles($patient: ID!) {\n    unfinishedFiles(patient: $patient) {\n      name\n      type\n      size\n      modified\n      next\n      of\n      at\n      keptUntil\n    }\n  }\n": typeof types.UnfinishedFilesDocument,
    "\n  mutation DiscardAttachment($input: AttachmentInput!) {\n    discardAttachment(input: $input)\n  }\n": typeof types.DiscardAttachmentDocument,
    "\n  mutation FinishAttachment($input: AttachmentInput!) {\n    finishAttachment(input: $input)\n  }\n": typeof types.FinishAttachmentDocument,
    "\n  fragment ItemParts on ChartItem {\n    id\n    section\n    resourceType\n    title\n    code\n    codeSystem\n    date\n    status\n    value\n    unit\n    low\n    high\n    detail\n    version\n    author\n    recordedAt\n    progress\n    dispute\n    waiting\n    proposedBy\n    disagreements {\n      record\n      words\n      date\n    }\n  }\n": typeof types.ItemPartsFragmentDoc,
    "\n  fragment ChartParts on Chart {\n    merged {\n      id\n      name\n      birthDate\n    }\n    openedAt\n    purpose\n    covered {\n      id\n      name\n    }\n    encounterNow\n    categories\n    patient {\n      id\n      name\n      family\n      given\n      birthDate\n      gender\n      deceased\n      deceasedAt\n      phone\n      city\n      custodian\n      custodianName\n      shared\n      mergedInto\n      identifiers {\n        system\n        value\n        type\n      }\n    }\n    summary {\n      allergies {\n        ...ItemParts\n      }\n      problems {\n        ...ItemParts\n      }\n      medications {\n        ...ItemParts\n      }\n      vitals {\n        ...ItemParts\n      }\n      encounters {\n        ...ItemParts\n      }\n      orders {\n        ...ItemParts\n      }\n      cautions {\n        ...ItemParts\n      }\n    }\n    sections {\n      section\n      count\n    }\n  }\n": typeof types.ChartPartsFragmentDoc,
    "\n  mutation OpenChart($patient: ID!, $purpose: Purpose!, $covered: ID) {\n    openChart(patient: $patient, purpose: $purpose, covered: $covered) {\n      ...ChartParts\n    }\n  }\n": typeof types.OpenChartDocument,
    "\n  query SoapNoteText($input: PutRecordInput!) {\n    soapNoteText(input: $input)\n  }\n": typeof types.SoapNoteTextDocument,
    "\n  mutation SignSoapNote($input: PutRecordInput!, $passphrase: String!) {\n    signSoapNote(input: $input, passphrase: $passphrase) {\n      id\n      title\n    }\n  }\n": typeof types.SignSoapNoteDocument,
    "\n  query FormTemplates($kind: String!) {\n    formTemplates(kind: $kind) {\n      name\n      fields\n    }\n  }\n": typeof types.FormTemplatesDocument,
    "\n  mutation SaveFormTemplate($input: FormTemplateInput!) {\n    saveFormTemplate(input: $input) {\n      name\n    }\n  }\n": typeof types.SaveFormTemplateDocument,
    "\n  mutation RemoveFormTemplate($kind: String!, $name: String!) {\n    removeFormTemplate(kind: $kind, name: $name) {\n      name\n    }\n  }\n": typeof types.RemoveFormTemplateDocument,
    "\n  mutation CloseChart($patient: ID!) {\n    closeChart(patient: $patient)\n  }\n": typeof types.CloseChartDocument,
    "\n  query ChartNow($patient: ID!) {\n    chart(patient: $patient) {\n      ...ChartParts\n    }\n  }\n": typeof types.ChartNowDocument,
    "\n  query SectionItems($patient: ID!, $section: Section, $search: String, $remote: Boolean!, $first: Int = 50, $after: String) {\n    chart(patient: $patient) {\n      patient {\n        id\n      }\n      items(section: $section, search: $search, remote: $remote, first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            ...ItemParts\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n  }\n": typeof types.SectionItemsDocument,
    "\n  query SeriesCodes($patient: ID!) {\n    chart(patient: $patient) {\n      patient {\n        id\n      }\n      seriesCodes {\n        code\n        title\n        count\n      }\n    }\n  }\n": typeof types.SeriesCodesDocument,
    "\n  query SeriesOf($patient: ID!, $code: String!) {\n    chart(patient: $patient) {\n      patient {\n        id\n      }\n      series(code: $code) {\n        code\n        title\n        unit\n        ucum\n        points {\n          record\n          date\n          value\n          unit\n          ucum\n          low\n          high\n        }\n      }\n    }\n  }\n": typeof types.SeriesOfDocument,
    "\n  query RecordNow($patient: ID!, $id: ID!) {\n    record(patient: $patient, id: $id) {\n      item {\n        ...ItemParts\n      }\n      resource\n      undoable\n      amendable\n      disputable\n      missingReferences\n      history {\n        version\n        document\n        author\n        authorId\n        at\n        reason\n        personallySigned\n        importedFrom\n        merge\n        proposedBy {\n          author\n          clinic\n          at\n        }\n        progress\n        dispute\n        resource\n        position\n        difference {\n          path\n          before\n          after\n        }\n      }\n    }\n  }\n": typeof types.RecordNowDocument,
    "\n  query DispensingNow($patient: ID!, $prescription: ID!) {\n    dispensing(patient: $patient, prescription: $prescription) {\n      prescription\n      handed {\n        record\n        status\n        amount {\n          value\n          unit\n        }\n        at\n        expires\n      }\n    }\n  }\n": typeof types.DispensingNowDocument,
    "\n  query ReceiptOf($patient: ID!, $record: ID!, $version: Int) {\n    receipt(patient: $patient, record: $record, version: $version) {\n      json\n      fileName\n      witnessed\n    }\n  }\n": typeof types.ReceiptOfDocument,
    "\n  mutation PutRecords($patient: ID!, $inputs: [PutRecordInput!]!) {\n    putRecords(patient: $patient, inputs: $inputs) {\n      ...ItemParts\n    }\n  }\n": typeof types.PutRecordsDocument,
    "\n  mutation MergePatients($patient: ID!, $other: ID!, $reason: String!) {\n    mergePatients(patient: $patient, other: $other, reason: $reason) {\n      ...ChartParts\n    }\n  }\n": typeof types.MergePatientsDocument,
    "\n  mutation UnmergePatients($patient: ID!, $other: ID!, $reason: String!) {\n    unmergePatients(patient: $patient, other: $other, reason: $reason) {\n      ...ChartParts\n    }\n  }\n": typeof types.UnmergePatientsDocument,
    "\n  query MergeCandidates($id: ID!) {\n    patientDuplicates(id: $id) {\n      probability\n      evidence {\n        field\n        agreement\n        weight\n      }\n      patient {\n        ...MergedParts\n      }\n    }\n  }\n": typeof types.MergeCandidatesDocument,
    "\n  fragment MergedParts on Patient {\n    id\n    name\n    birthDate\n    gender\n    city\n    phone\n    mergedInto\n    shared\n    identifiers {\n      system\n      value\n      type\n    }\n  }\n": typeof types.MergedPartsFragmentDoc,
    "\n  query MergedPatient($id: ID!) {\n    patient(id: $id) {\n      ...MergedParts\n    }\n  }\n": typeof types.MergedPatientDocument,
    "\n  query WriterNow {\n    workstation {\n      signedIn {\n        id\n        name\n        role\n      }\n    }\n  }\n": typeof types.WriterNowDocument,
    "\n  query ConflictList {\n    conflicts {\n      id\n      patient {\n        id\n        name\n        birthDate\n      }\n      record\n      at\n      mine\n      proposedBy\n    }\n  }\n": typeof types.ConflictListDocument,
    "\n  query ConflictNow($patient: ID!, $id: ID!) {\n    conflict(patient: $patient, id: $id) {\n      id\n      record\n      title\n      resourceType\n      whole\n      proposedBy\n      current {\n        version\n        author\n        at\n        reason\n      }\n      late {\n        version\n        author\n        at\n        reason\n      }\n      elements {\n        element\n        base\n        current\n        late\n        changedBy\n        safety\n      }\n    }\n  }\n": typeof types.ConflictNowDocument,
    "\n  mutation SettleConflict($input: SettleConflictInput!) {\n    settleConflict(input: $input) {\n      ...ItemParts\n    }\n  }\n": typeof types.SettleConflictDocument,
    "\n  mutation UndoMerge($input: UndoMergeInput!) {\n    undoMerge(input: $input) {\n      ...ItemParts\n    }\n  }\n": typeof types.UndoMergeDocument,
    "\n  fragment ProposalParts on Proposal {\n    id\n    record\n    title\n    resourceType\n    new\n    clinic\n    ours\n    author\n    at\n    reason\n    state\n    answer\n    answeredBy\n    difference {\n      path\n      before\n      after\n    }\n  }\n": typeof types.ProposalPartsFragmentDoc,
    "\n  query ProposalsOf($patient: ID!) {\n    proposals(patient: $patient) {\n      ...ProposalParts\n    }\n  }\n": typeof types.ProposalsOfDocument,
    "\n  mutation ProposeAmendment($input: PutRecordInput!) {\n    proposeAmendment(input: $input) {\n      ...ProposalParts\n    }\n  }\n": typeof types.ProposeAmendmentDocument,
    "\n  mutation DeclineProposal($patient: ID!, $id: ID!, $reason: String!) {\n    declineProposal(patient: $patient, id: $id, reason: $reason)\n  }\n": typeof types.DeclineProposalDocument,
    "\n  mutation ReopenProposal($patient: ID!, $id: ID!) {\n    reopenProposal(patient: $patient, id: $id)\n  }\n": typeof types.ReopenProposalDocument,
    "\n  mutation FileDisagreement($patient: ID!, $record: ID!, $words: String!, $saidBy: String) {\n    fileDisagreement(patient: $patient, record: $record, words: $words, saidBy: $saidBy) {\n      ...ItemParts\n    }\n  }\n": typeof types.FileDisagreementDocument,
    "\n  query DraftsOf($patient: ID!) {\n    drafts(patient: $patient) {\n      kind\n      key\n      content\n      savedAt\n    }\n  }\n": typeof types.DraftsOfDocument,
    "\n  mutation SaveDraft($patient: ID!, $kind: String!, $key: String!, $content: String!) {\n    saveDraft(patient: $patient, kind: $kind, key: $key, content: $content) {\n      kind\n      key\n      savedAt\n    }\n  }\n": typeof types.SaveDraftDocument,
    "\n  mutation DiscardDraft($patient: ID!, $kind: String!, $key: String!) {\n    discardDraft(patient: $patient, kind: $kind, key: $key)\n  }\n": typeof types.DiscardDraftDocument,
    "\n  fragment ImportParts on ImportJob {\n    id\n    state\n    here\n    startedAt\n    bytesRead\n    bytesTotal\n    currentFile\n    accepted\n    alreadyPresent\n    refusedCount\n    patients\n    missingReferenceCount\n    problem {\n      code\n      message\n      details {\n        name\n        value\n      }\n    }\n    dryRun\n    alikeCount\n  }\n": typeof types.ImportPartsFragmentDoc,
    "\n  query ImportJobs {\n    importJobs {\n      ...ImportParts\n    }\n  }\n": typeof types.ImportJobsDocument,
    "\n  query ImportJobNow($id: ID!) {\n    importJob(id: $id) {\n      ...ImportParts\n    }\n  }\n": typeof types.ImportJobNowDocument,
    "\n  query ImportReport($id: ID!, $first: Int!) {\n    importJob(id: $id) {\n      ...ImportParts\n      refused(first: $first) {\n        file\n        line\n        path\n        code\n        message\n      }\n      doubts(first: $first) {\n        file\n        line\n        path\n        code\n        message\n      }\n      doubtCount\n      missingReferences(first: $first)\n      ignored\n      undo {\n        ...UndoParts\n      }\n      people(first: $first) {\n        file\n        line\n        name\n        birthDate\n        isNew\n        alike {\n          probability\n          patient {\n            id\n            name\n            birthDate\n          }\n        }\n      }\n    }\n  }\n": typeof types.ImportReportDocument,
    "\n  fragment UndoParts on ImportUndo {\n    marked\n    restored\n    people\n    leftCount\n    left(first: 200) {\n      name\n      resourceType\n      title\n      reason\n    }\n  }\n": typeof types.UndoPartsFragmentDoc,
    "\n  query ImportUndoPlan($id: ID!) {\n    importUndo(id: $id) {\n      ...UndoParts\n    }\n  }\n": typeof types.ImportUndoPlanDocument,
    "\n  mutation TakeImportBack($id: ID!, $reason: String!) {\n    takeImportBack(id: $id, reason: $reason) {\n      ...ImportParts\n    }\n  }\n": typeof types.TakeImportBackDocument,
    "\n  query CsvMappings {\n    csvMappings\n  }\n": typeof types.CsvMappingsDocument,
    "\n  query CsvPreview($file: String!, $data: String, $mapping: String) {\n    csvPreview(file: $file, data: $data, mapping: $mapping) {\n      foreignLine\n      columns\n      delimiter\n      rows\n      resources\n      refused {\n        line\n        path\n        code\n        message\n      }\n    }\n  }\n": typeof types.CsvPreviewDocument,
    "\n  mutation SaveCsvMapping($mapping: String!) {\n    saveCsvMapping(mapping: $mapping)\n  }\n": typeof types.SaveCsvMappingDocument,
    "\n  subscription ImportProgress($id: ID!) {\n    importProgress(id: $id) {\n      ...ImportParts\n    }\n  }\n": typeof types.ImportProgressDocument,
    "\n  mutation ImportPaths($paths: [String!]!, $dryRun: Boolean!, $csvMapping: String) {\n    importPaths(paths: $paths, dryRun: $dryRun, csvMapping: $csvMapping) {\n      ...ImportParts\n    }\n  }\n": typeof types.ImportPathsDocument,
    "\n  mutation ImportText(\n    $job: ID\n    $file: String!\n    $firstLine: Int!\n    $text: String!\n    $base64: Boolean\n    $last: Boolean!\n    $finish: Boolean!\n    $dryRun: Boolean!\n    $csvMapping: String\n  ) {\n    importText(\n      job: $job\n      file: $file\n      firstLine: $firstLine\n      text: $text\n      base64: $base64\n      last: $last\n      finish: $finish\n      dryRun: $dryRun\n      csvMapping: $csvMapping\n    ) {\n      ...ImportParts\n    }\n  }\n": typeof types.ImportTextDocument,
    "\n  mutation ImportFile($job: ID, $file: String!, $size: Float!, $index: Int!, $data: String!) {\n    importFile(job: $job, file: $file, size: $size, index: $index, data: $data) {\n      ...ImportParts\n    }\n  }\n": typeof types.ImportFileDocument,
    "\n  mutation ImportAfterDryRun($id: ID!) {\n    importAfterDryRun(id: $id) {\n      ...ImportParts\n    }\n  }\n": typeof types.ImportAfterDryRunDocument,
    "\n  mutation CancelImport($id: ID!) {\n    cancelImport(id: $id) {\n      ...ImportParts\n    }\n  }\n": typeof types.CancelImportDocument,
    "\n  mutation ResumeImport($id: ID!) {\n    resumeImport(id: $id) {\n      ...ImportParts\n    }\n  }\n": typeof types.ResumeImportDocument,
    "\n  query MedicationReconciliation($patient: ID!, $other: ID) {\n    medicationReconciliation(patient: $patient, other: $other) {\n      lines {\n        name\n        decisions\n        chart {\n          ...ItemParts\n        }\n        came {\n          origin\n          from\n          item {\n            ...ItemParts\n          }\n        }\n      }\n      last {\n        ...ItemParts\n      }\n    }\n  }\n": typeof types.MedicationReconciliationDocument,
    "\n  query MedicationReconciliationText($input: ReconcileMedicationsInput!) {\n    medicationReconciliationText(input: $input)\n  }\n": typeof types.MedicationReconciliationTextDocument,
    "\n  mutation SignMedicationReconciliation($input: ReconcileMedicationsInput!, $passphrase: String!) {\n    signMedicationReconciliation(input: $input, passphrase: $passphrase) {\n      id\n      title\n    }\n  }\n": typeof types.SignMedicationReconciliationDocument,
    "\n  query AlikeElsewhere($id: ID!) {\n    patientDuplicates(id: $id) {\n      patient {\n        id\n        name\n        birthDate\n        shared\n        custodianName\n      }\n    }\n  }\n": typeof types.AlikeElsewhereDocument,
    "\n  query PrintedSections($patient: ID!, $results: Int!) {\n    chart(patient: $patient) {\n      patient {\n        id\n      }\n      immunizations: items(section: IMMUNIZATION, first: 100) {\n        ...PrintedItems\n      }\n      procedures: items(section: PROCEDURE, first: 40) {\n        ...PrintedItems\n      }\n      results: items(section: RESULT, first: $results) {\n        ...PrintedItems\n      }\n    }\n  }\n": typeof types.PrintedSectionsDocument,
    "\n  fragment PrintedItems on ChartItemConnection {\n    edges {\n      node {\n        ...ItemParts\n      }\n    }\n    totalCount\n  }\n": typeof types.PrintedItemsFragmentDoc,
    "\n  mutation NotePrint($patient: ID!, $paper: PrintedPaper!) {\n    notePrint(patient: $patient, paper: $paper)\n  }\n": typeof types.NotePrintDocument,
    "\n  mutation RecordDeath($input: DeathInput!) {\n    recordDeath(input: $input) {\n      ...ChartParts\n    }\n  }\n": typeof types.RecordDeathDocument,
    "\n  query StaffMembers {\n    me {\n      id\n      name\n      role\n      revoked\n      hasSecondFactor\n    }\n    staffMembers {\n      id\n      name\n      role\n      revoked\n      hasSecondFactor\n    }\n  }\n": typeof types.StaffMembersDocument,
    "\n  mutation EnrolStaff($input: EnrolStaffInput!) {\n    enrolStaff(input: $input) {\n      id\n      name\n      role\n      revoked\n      hasSecondFactor\n    }\n  }\n": typeof types.EnrolStaffDocument,
    "\n  mutation RevokeStaff($staff: ID!) {\n    revokeStaff(staff: $staff)\n  }\n": typeof types.RevokeStaffDocument,
    "\n  mutation RenewOwnKey($passphrase: String!) {\n    renewOwnKey(passphrase: $passphrase)\n  }\n": typeof types.RenewOwnKeyDocument,
    "\n  mutation ChangePassphrase($current: String!, $next: String!) {\n    changePassphrase(current: $current, next: $next)\n  }\n": typeof types.ChangePassphraseDocument,
    "\n  mutation OfferSecondFactor($passphrase: String!) {\n    offerSecondFactor(passphrase: $passphrase) {\n      uri\n      secret\n    }\n  }\n": typeof types.OfferSecondFactorDocument,
    "\n  mutation EnrolSecondFactor($code: String!, $ceremony: ID) {\n    enrolSecondFactor(code: $code, ceremony: $ceremony) {\n      id\n      hasSecondFactor\n    }\n  }\n": typeof types.EnrolSecondFactorDocument,
    "\n  mutation RemoveSecondFactor($passphrase: String!) {\n    removeSecondFactor(passphrase: $passphrase) {\n      id\n      hasSecondFactor\n    }\n  }\n": typeof types.RemoveSecondFactorDocument,
    "\n  mutation ShowSecondFactor($code: String!, $ceremony: ID!) {\n    showSecondFactor(code: $code, ceremony: $ceremony)\n  }\n": typeof types.ShowSecondFactorDocument,
    "\n  query OwnSecondFactor {\n    secondFactor {\n      hasTimeCode\n      passkeys {\n        id\n        name\n        added\n        lastUsed\n        isSynchronised\n      }\n    }\n  }\n": typeof types.OwnSecondFactorDocument,
    "\n  mutation AddPasskey($passphrase: String!, $name: String!) {\n    addPasskey(passphrase: $passphrase, name: $name)\n  }\n": typeof types.AddPasskeyDocument,
    "\n  mutation AskPasskey($ceremony: ID!) {\n    askPasskey(ceremony: $ceremony)\n  }\n": typeof types.AskPasskeyDocument,
    "\n  mutation PasskeyDone($ticket: ID!) {\n    passkeyDone(ticket: $ticket) {\n      id\n      hasSecondFactor\n    }\n  }\n": typeof types.PasskeyDoneDocument,
    "\n  mutation RemovePasskey($passphrase: String!, $passkey: ID!) {\n    removePasskey(passphrase: $passphrase, passkey: $passkey) {\n      id\n      hasSecondFactor\n    }\n  }\n": typeof types.RemovePasskeyDocument,
    "\n  mutation OpenPasskeyPage {\n    openPasskeyPage\n  }\n": typeof types.OpenPasskeyPageDocument,
    "\n  fragment WorkstationParts on Workstation {\n    state\n    version\n    training\n    keychain\n    lockAfterMinutes\n    look {\n      language\n      scheme\n    }\n    waiting {\n      alerts\n      tasks\n      at\n      calls\n      quiet\n      calledAt\n    }\n    update {\n      state\n      version\n      isOlder\n      canInstall\n      notes {\n        language\n        text\n      }\n      problem {\n        code\n        details {\n          name\n          value\n        }\n        message\n        retry\n      }\n    }\n    device\n    clinic {\n      chain\n      name\n      kind\n      own\n    }\n    staff {\n      id\n      name\n      role\n    }\n    signedIn {\n      id\n      name\n      role\n    }\n  }\n": typeof types.WorkstationPartsFragmentDoc,
    "\n  query WorkstationNow {\n    workstation {\n      ...WorkstationParts\n    }\n  }\n": typeof types.WorkstationNowDocument,
    "\n  subscription WorkstationChanged {\n    workstationChanged {\n      ...WorkstationParts\n    }\n  }\n": typeof types.WorkstationChangedDocument,
    "\n  mutation ChooseLook($language: String, $scheme: ColorScheme) {\n    chooseLook(language: $language, scheme: $scheme) {\n      ...WorkstationParts\n    }\n  }\n": typeof types.ChooseLookDocument,
    "\n  mutation InstallUpdate {\n    installUpdate\n  }\n": typeof types.InstallUpdateDocument,
    "\n  mutation CreateClinic($input: CreateClinicInput!) {\n    createClinic(input: $input) {\n      ...WorkstationParts\n    }\n  }\n": typeof types.CreateClinicDocument,
    "\n  mutation CreateSampleClinic($passphrase: String!) {\n    createSampleClinic(passphrase: $passphrase) {\n      ...WorkstationParts\n    }\n  }\n": typeof types.CreateSampleClinicDocument,
    "\n  mutation JoinClinic($invitation: String!, $staffName: String!, $passphrase: String!) {\n    joinClinic(invitation: $invitation, staffName: $staffName, passphrase: $passphrase) {\n      ...WorkstationParts\n    }\n  }\n": typeof types.JoinClinicDocument,
    "\n  mutation RestoreBackup($folder: String!, $shares: [String!]!, $name: String!, $passphrase: String!) {\n    restoreBackup(folder: $folder, shares: $shares, name: $name, passphrase: $passphrase) {\n      ...WorkstationParts\n    }\n  }\n": typeof types.RestoreBackupDocument,
    "\n  mutation Unlock($staff: ID!, $passphrase: String!) {\n    unlock(staff: $staff, passphrase: $passphrase) {\n      ...WorkstationParts\n    }\n  }\n": typeof types.UnlockDocument,
    "\n  mutation Lock {\n    lock {\n      ...WorkstationParts\n    }\n  }\n": typeof types.LockDocument,
    "\n  query PassphraseStrengthOf($passphrase: String!, $words: [String!]!) {\n    passphraseStrength(passphrase: $passphrase, words: $words) {\n      score\n      accepted\n      advice\n    }\n  }\n": typeof types.PassphraseStrengthOfDocument,
    "\n  mutation ServeClinic($listen: String) {\n    serveClinic(listen: $listen) {\n      ...SyncParts\n    }\n  }\n": typeof types.ServeClinicDocument,
    "\n  mutation FollowClinicHost($address: String) {\n    followClinicHost(address: $address) {\n      ...SyncParts\n    }\n  }\n": typeof types.FollowClinicHostDocument,
    "\n  query WhoDecidesOnTheClinicHost {\n    workstation {\n      signedIn {\n        role\n      }\n    }\n  }\n": typeof types.WhoDecidesOnTheClinicHostDocument,
    "\n  query RegionPolicy {\n    regionPolicy {\n      sequence\n      rules\n      newestRules\n      hubKey\n      offeredHubKey\n      witnesses {\n        id\n        isOutside\n        name\n        cosignKey\n        cosignedAt\n        isOwn\n      }\n      approvalsNeeded\n      isWitness\n      hasOffered\n      offers {\n        chain\n        name\n        cosignKey\n      }\n      proposals {\n        id\n        type\n        witnesses {\n          id\n          isOutside\n          name\n          cosignKey\n          cosignedAt\n          isOwn\n        }\n        rules\n        hubKey\n        approvedBy\n        isApprovedHere\n      }\n    }\n  }\n": typeof types.RegionPolicyDocument,
    "\n  mutation OfferToWitness {\n    offerToWitness\n  }\n": typeof types.OfferToWitnessDocument,
    "\n  mutation ProposeWitnesses($witnesses: [WitnessInput!]!) {\n    proposeWitnesses(witnesses: $witnesses)\n  }\n": typeof types.ProposeWitnessesDocument,
    "\n  mutation ProposeHubKey {\n    proposeHubKey\n  }\n": typeof types.ProposeHubKeyDocument,
    "\n  mutation ProposeRules {\n    proposeRules\n  }\n": typeof types.ProposeRulesDocument,
    "\n  mutation ApprovePolicy($id: ID!) {\n    approvePolicy(id: $id)\n  }\n": typeof types.ApprovePolicyDocument,
    "\n  query WhetherTraining {\n    workstation {\n      training\n    }\n  }\n": typeof types.WhetherTrainingDocument,
    "\n  mutation JoinRegion($invitation: String!) {\n    joinRegion(invitation: $invitation) {\n      ...SyncParts\n    }\n  }\n": typeof types.JoinRegionDocument,
    "\n  mutation SyncNow {\n    syncNow {\n      ...SyncParts\n    }\n  }\n": typeof types.SyncNowDocument,
    "\n  query RegionMembers {\n    clinics {\n      chain\n      name\n      kind\n      own\n    }\n    devices {\n      id\n      kind\n      revoked\n      own\n      inUseTwice\n      copies {\n        epoch\n        blocks\n        state\n        here\n      }\n    }\n  }\n": typeof types.RegionMembersDocument,
    "\n  query ClinicKeys {\n    clinicKeys {\n      ...ClinicKeyParts\n    }\n  }\n  fragment ClinicKeyParts on ClinicKeys {\n    signingKey\n    signingSince\n    encryptionKey\n    encryptionSince\n    rollsAt\n    earlier\n    keptDays\n    waiting {\n      who\n      type\n      at\n    }\n  }\n": typeof types.ClinicKeysDocument,
    "\n  mutation DiscardWaitingActs {\n    discardWaitingActs\n  }\n": typeof types.DiscardWaitingActsDocument,
    "\n  mutation RollClinicKeys($passphrase: String!) {\n    rollClinicKeys(passphrase: $passphrase) {\n      ...ClinicKeyParts\n    }\n  }\n": typeof types.RollClinicKeysDocument,
    "\n  query AdmissionRequests {\n    admissionRequests {\n      chain\n      name\n      kind\n      fingerprint\n      receivedAt\n    }\n  }\n": typeof types.AdmissionRequestsDocument,
    "\n  mutation ApproveAdmission($chain: ID!) {\n    approveAdmission(chain: $chain)\n  }\n": typeof types.ApproveAdmissionDocument,
    "\n  mutation InviteDevice($kind: String!) {\n    inviteDevice(kind: $kind)\n  }\n": typeof types.InviteDeviceDocument,
    "\n  query DeviceRequests {\n    deviceRequests {\n      device\n      kind\n      staffName\n      receivedAt\n    }\n  }\n": typeof types.DeviceRequestsDocument,
    "\n  mutation AdmitDevice($device: ID!, $role: String!) {\n    admitDevice(device: $device, role: $role)\n  }\n": typeof types.AdmitDeviceDocument,
    "\n  mutation RefuseDevice($device: ID!) {\n    refuseDevice(device: $device)\n  }\n": typeof types.RefuseDeviceDocument,
    "\n  mutation RevokeDevice($device: ID!) {\n    revokeDevice(device: $device)\n  }\n": typeof types.RevokeDeviceDocument,
    "\n  mutation RetireCopy($device: ID!, $epoch: ID!) {\n    retireCopy(device: $device, epoch: $epoch)\n  }\n": typeof types.RetireCopyDocument,
    "\n  mutation LetCopyGoOn {\n    letCopyGoOn {\n      ...SyncParts\n    }\n  }\n": typeof types.LetCopyGoOnDocument,
    "\n  mutation ExportBundle($folder: String!, $after: Float!, $clinic: ID) {\n    exportBundle(folder: $folder, after: $after, clinic: $clinic) {\n      path\n      bytes\n      from\n      size\n      pending\n      documents\n    }\n  }\n": typeof types.ExportBundleDocument,
    "\n  mutation ImportBundle($path: String!) {\n    importBundle(path: $path) {\n      blocks\n      size\n      carried\n    }\n  }\n": typeof types.ImportBundleDocument,
    "\n  fragment SyncParts on SyncState {\n    run\n    revision\n    connection\n    region {\n      id\n      name\n      address\n      hubKey\n    }\n    pendingEvents\n    pendingDocuments\n    replicaSize\n    hubSize\n    timeLeft\n    auditedSize\n    witnessedSize\n    witnessedAt\n    witnessesNeeded\n    witnesses\n    rulesNeeded\n    provedSize\n    splitViewDefence\n    lastContact\n    clockSkew\n    nextAttempt\n    problem {\n      code\n      details {\n        name\n        value\n      }\n      message\n      retry\n    }\n    witnessWaits\n    newEpoch {\n      why\n      at\n    }\n    inUseTwice\n    clinicHost {\n      role\n      listen\n      addresses\n      connected\n      lastContact\n      problem {\n        code\n        details {\n          name\n          value\n        }\n        message\n        retry\n      }\n    }\n  }\n": typeof types.SyncPartsFragmentDoc,
    "\n  query SyncStateNow {\n    syncState {\n      ...SyncParts\n    }\n  }\n": typeof types.SyncStateNowDocument,
    "\n  subscription SyncChanged {\n    syncChanged {\n      ...SyncParts\n      alarms {\n        ...EvidenceParts\n      }\n      diskCheck {\n        ...DiskParts\n      }\n    }\n  }\n": typeof types.SyncChangedDocument,
    "\n  fragment TaskParts on Task {\n    id\n    revision\n    what\n    state\n    urgent\n    role\n    covered\n    mine\n    due\n    overdue\n    asked\n    askedBy\n    about\n    by\n    at\n    reason\n    owner {\n      id\n      name\n    }\n    handed {\n      by\n      at\n      words\n    }\n    patient {\n      id\n      name\n      birthDate\n    }\n  }\n": typeof types.TaskPartsFragmentDoc,
    "\n  query TasksOf($whose: TaskScope!) {\n    tasks(whose: $whose) {\n      ...TaskParts\n    }\n  }\n": typeof types.TasksOfDocument,
    "\n  query PatientTasks($patient: ID!) {\n    patientTasks(patient: $patient) {\n      ...TaskParts\n    }\n  }\n": typeof types.PatientTasksDocument,
    "\n  query TaskStaff {\n    staffMembers {\n      id\n      name\n      role\n      revoked\n    }\n  }\n": typeof types.TaskStaffDocument,
    "\n  mutation AddTask($input: AddTaskInput!) {\n    addTask(input: $input) {\n      ...TaskParts\n    }\n  }\n": typeof types.AddTaskDocument,
    "\n  mutation EndTask($task: ID!, $revision: String!, $end: TaskEnd!, $reason: String) {\n    endTask(task: $task, revision: $revision, end: $end, reason: $reason) {\n      ...TaskParts\n    }\n  }\n": typeof types.EndTaskDocument,
    "\n  mutation HandTask($task: ID!, $revision: String!, $owner: ID, $role: String, $reason: String) {\n    handTask(task: $task, revision: $revision, owner: $owner, role: $role, reason: $reason) {\n      ...TaskParts\n    }\n  }\n": typeof types.HandTaskDocument,
    "\n  mutation ReopenTask($task: ID!, $revision: String!) {\n    reopenTask(task: $task, revision: $revision) {\n      ...TaskParts\n    }\n  }\n": typeof types.ReopenTaskDocument,
    "\n  query TeleConsentOf($patient: ID!) {\n    teleConsent(patient: $patient) {\n      patient\n      given\n      way\n      at\n      by\n      holds\n    }\n  }\n": typeof types.TeleConsentOfDocument,
    "\n  mutation RecordTeleConsent($patient: ID!, $given: Boolean!, $way: ConsentWay!) {\n    recordTeleConsent(patient: $patient, given: $given, way: $way) {\n      patient\n      given\n      way\n      at\n      by\n      holds\n    }\n  }\n": typeof types.RecordTeleConsentDocument,
    "\n  mutation OpenCall($patient: ID!) {\n    openCall(patient: $patient) {\n      id\n      link\n      kiosk\n      expires\n      ice {\n        urls\n        username\n        credential\n      }\n    }\n  }\n": typeof types.OpenCallDocument,
    "\n  mutation HearCall($patient: ID!, $call: ID!) {\n    hearCall(patient: $patient, call: $call) {\n      joined\n      signals {\n        kind\n        from\n        offer\n        sdp\n      }\n    }\n  }\n": typeof types.HearCallDocument,
    "\n  mutation OfferCall($patient: ID!, $call: ID!, $to: String!, $sdp: String!) {\n    offerCall(patient: $patient, call: $call, to: $to, sdp: $sdp)\n  }\n": typeof types.OfferCallDocument,
    "\n  mutation CloseCall($patient: ID!, $call: ID!) {\n    closeCall(patient: $patient, call: $call)\n  }\n": typeof types.CloseCallDocument,
    "\n  query CallStaff {\n    me {\n      id\n      name\n    }\n  }\n": typeof types.CallStaffDocument,
    "\n  fragment ConsultFacts on Consult {\n    id\n    clinic\n    at\n    complete\n    patientName\n    birthDate\n    question\n    askedBy\n    filed\n    parts {\n      section\n      title\n      date\n      value\n    }\n    pictures {\n      name\n      type\n    }\n    answer {\n      text\n      by\n      at\n    }\n  }\n": typeof types.ConsultFactsFragmentDoc,
    "\n  query ConsultsOf($patient: ID!) {\n    consultsOf(patient: $patient) {\n      ...ConsultFacts\n    }\n  }\n": typeof types.ConsultsOfDocument,
    "\n  query ConsultsReceived {\n    consultsReceived {\n      ...ConsultFacts\n    }\n  }\n": typeof types.ConsultsReceivedDocument,
    "\n  query ConsultPicture($consult: ID!, $index: Int!) {\n    consultPicture(consult: $consult, index: $index)\n  }\n": typeof types.ConsultPictureDocument,
    "\n  mutation AskConsult($input: AskConsultInput!, $passphrase: String!) {\n    askConsult(input: $input, passphrase: $passphrase) {\n      ...ConsultFacts\n    }\n  }\n": typeof types.AskConsultDocument,
    "\n  mutation AnswerConsult($consult: ID!, $answer: String!, $passphrase: String!) {\n    answerConsult(consult: $consult, answer: $answer, passphrase: $passphrase) {\n      ...ConsultFacts\n    }\n  }\n": typeof types.AnswerConsultDocument,
    "\n  mutation FileConsult($patient: ID!, $consult: ID!) {\n    fileConsult(patient: $patient, consult: $consult) {\n      ...ConsultFacts\n    }\n  }\n": typeof types.FileConsultDocument,
    "\n  query ConsultClinics {\n    clinics {\n      chain\n      name\n      own\n    }\n  }\n": typeof types.ConsultClinicsDocument,
    "\n  query CasePacks($patient: ID!) {\n    casePacks(patient: $patient) {\n      link\n      recipient\n      at\n      expires\n      by\n      state\n      openedAt\n      openedBy\n    }\n  }\n": typeof types.CasePacksDocument,
    "\n  mutation MakeCasePack($input: CasePackInput!, $passphrase: String!) {\n    makeCasePack(input: $input, passphrase: $passphrase) {\n      url\n      code\n    }\n  }\n": typeof types.MakeCasePackDocument,
    "\n  mutation EndCasePack($patient: ID!, $link: ID!) {\n    endCasePack(patient: $patient, link: $link)\n  }\n": typeof types.EndCasePackDocument,
    "\n  fragment NoteParts on TeleNote {\n    id\n    patient\n    version\n    participants\n    modality\n    place\n    consentToTreatment\n    assessment\n    plan\n    startedAt\n    signedBy\n    signedAt\n    amendmentReason\n    text\n    progress\n  }\n": typeof types.NotePartsFragmentDoc,
    "\n  query NotesOf($patient: ID!) {\n    teleNotes(patient: $patient) {\n      ...NoteParts\n    }\n  }\n": typeof types.NotesOfDocument,
    "\n  query NoteText($input: TeleNoteInput!) {\n    teleNoteText(input: $input)\n  }\n": typeof types.NoteTextDocument,
    "\n  mutation SignNote($input: TeleNoteInput!, $passphrase: String!) {\n    signTeleNote(input: $input, passphrase: $passphrase) {\n      ...NoteParts\n    }\n  }\n": typeof types.SignNoteDocument,
    "\n  query NameOf($patient: ID!) {\n    patient(id: $patient) {\n      id\n      name\n      shared\n    }\n  }\n": typeof types.NameOfDocument,
    "\n  fragment TrainingParts on Training {\n    beganAt\n    points\n    mostPoints\n    patient {\n      ...TrainingPersonParts\n    }\n    namesake {\n      ...TrainingPersonParts\n    }\n    emergency {\n      ...TrainingPersonParts\n    }\n    watched {\n      ...TrainingPersonParts\n    }\n    tasks {\n      ...TrainingTaskParts\n    }\n  }\n": typeof types.TrainingPartsFragmentDoc,
    "\n  fragment TrainingPersonParts on TrainingPerson {\n    id\n    name\n    birthDate\n    number\n  }\n": typeof types.TrainingPersonPartsFragmentDoc,
    "\n  fragment TrainingTaskParts on TrainingJudgement {\n    task\n    doneAt\n    mistakes\n    points\n  }\n": typeof types.TrainingTaskPartsFragmentDoc,
    "\n  query TrainingNow {\n    training {\n      ...TrainingParts\n    }\n  }\n": typeof types.TrainingNowDocument,
    "\n  mutation BeginTraining {\n    beginTraining {\n      ...TrainingParts\n    }\n  }\n": typeof types.BeginTrainingDocument,
    "\n  mutation SignTrainingRecord($name: String!, $passphrase: String!) {\n    signTrainingRecord(name: $name, passphrase: $passphrase) {\n      fileName\n      json\n    }\n  }\n": typeof types.SignTrainingRecordDocument,
    "\n  query TrainingRecords {\n    trainingRecords {\n      id\n      name\n      trainingClinic\n      signedAt\n      points\n      mostPoints\n      keptBy\n      keptAt\n      tasks {\n        ...TrainingTaskParts\n      }\n    }\n  }\n": typeof types.TrainingRecordsDocument,
    "\n  mutation KeepTrainingRecord($file: String!, $passphrase: String!) {\n    keepTrainingRecord(file: $file, passphrase: $passphrase) {\n      id\n    }\n  }\n": typeof types.KeepTrainingRecordDocument,
    "\n  mutation DemonstrateTampering($how: Tampering!) {\n    demonstrateTampering(how: $how) {\n      acts\n      documents\n      faults\n      milliseconds\n    }\n  }\n": typeof types.DemonstrateTamperingDocument,
    "\n  subscription Changed {\n    changed {\n      patients\n      records\n      topics\n    }\n  }\n": typeof types.ChangedDocument,
    "\n  fragment VisitParts on Visit {\n    id\n    revision\n    kind\n    urgent\n    stage\n    reason\n    start\n    end\n    arrivedAt\n    since\n    room\n    steps\n    undoable\n    replannable\n    movable\n    contested\n    clinician {\n      id\n      name\n    }\n    patient {\n      id\n      name\n      birthDate\n      deceased\n    }\n  }\n": typeof types.VisitPartsFragmentDoc,
    "\n  query VisitsOfDay($day: String!) {\n    visits(day: $day) {\n      ...VisitParts\n    }\n  }\n": typeof types.VisitsOfDayDocument,
    "\n  query WarningsOfDay($day: String!) {\n    visitWarnings(day: $day) {\n      visit\n      warnings\n    }\n  }\n": typeof types.WarningsOfDayDocument,
    "\n  query VisitHistory($visit: ID!) {\n    visitHistory(visit: $visit) {\n      stage\n      by\n      at\n      back\n      planned\n    }\n  }\n": typeof types.VisitHistoryDocument,
    "\n  query VisitStaff {\n    me {\n      id\n    }\n    staffMembers {\n      id\n      name\n      role\n      revoked\n    }\n  }\n": typeof types.VisitStaffDocument,
    "\n  mutation AddVisit($input: AddVisitInput!, $evenSo: Boolean!) {\n    addVisit(input: $input, evenSo: $evenSo) {\n      visit {\n        ...VisitParts\n      }\n      overlaps {\n        ...VisitParts\n      }\n    }\n  }\n": typeof types.AddVisitDocument,
    "\n  mutation ReplanVisit($visit: ID!, $revision: String!, $input: ReplanVisitInput!, $evenSo: Boolean!) {\n    replanVisit(visit: $visit, revision: $revision, input: $input, evenSo: $evenSo) {\n      visit {\n        ...VisitParts\n      }\n      overlaps {\n        ...VisitParts\n      }\n    }\n  }\n": typeof types.ReplanVisitDocument,
    "\n  mutation MoveVisit($visit: ID!, $revision: String!, $step: VisitStep!, $room: String) {\n    moveVisit(visit: $visit, revision: $revision, step: $step, room: $room) {\n      ...VisitParts\n    }\n  }\n": typeof types.MoveVisitDocument,
    "\n  mutation UndoVisitStep($visit: ID!, $revision: String!) {\n    undoVisitStep(visit: $visit, revision: $revision) {\n      ...VisitParts\n    }\n  }\n": typeof types.UndoVisitStepDocument,
};
const documents: Documents = {
    "\n  query PickedPatients($search: String) {\n    patients(search: $search, first: 20) {\n      edges {\n        node {\n          id\n          name\n          birthDate\n          deceased\n        }\n      }\n    }\n  }\n": types.PickedPatientsDocument,
    "\n  query PrinterNow {\n    workstation {\n      clinic {\n        name\n      }\n      signedIn {\n        name\n      }\n    }\n  }\n": types.PrinterNowDocument,
    "\n  query PrintedPatient($patient: ID!) {\n    patient(id: $patient) {\n      id\n      name\n      birthDate\n      gender\n      city\n      shared\n      identifiers {\n        type\n        value\n      }\n    }\n  }\n": types.PrintedPatientDocument,
    "\n  query AccessVisits($patient: ID!, $filter: AccessFilter, $first: Int = 50, $after: String) {\n    accessVisits(patient: $patient, filter: $filter, first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          who\n          role\n          clinic\n          own\n          byProgram\n          process\n          recipient\n          brokeGlass\n          purpose\n          actions\n          categories\n          first\n          last\n          lines {\n            id\n            action\n            categories\n            detail\n            at\n            device\n            sequence\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      totalCount\n      people {\n        id\n        name\n        visits\n      }\n      clinics {\n        id\n        name\n        visits\n      }\n      purposes {\n        id\n        visits\n      }\n    }\n  }\n": types.AccessVisitsDocument,
    "\n  query AccessCompleteness($patient: ID!) {\n    accessCompleteness(patient: $patient) {\n      device\n      clinic\n      own\n      everyLine\n      lines\n      anchored\n      waiting\n      missing {\n        from\n        to\n      }\n      altered\n      complete\n    }\n  }\n": types.AccessCompletenessDocument,
    "\n  mutation ExportAccessLog($patient: ID!, $format: AccessExportFormat!, $filter: AccessFilter) {\n    exportAccessLog(patient: $patient, format: $format, filter: $filter) {\n      fileName\n      text\n    }\n  }\n": types.ExportAccessLogDocument,
    "\n  query WhoIsHere {\n    workstation {\n      signedIn {\n        id\n        role\n      }\n    }\n  }\n": types.WhoIsHereDocument,
    "\n  query AccessReceipt($patient: ID!, $lines: [ID!]) {\n    accessReceipt(patient: $patient, lines: $lines) {\n      fileName\n      json\n      lines\n      waiting\n    }\n  }\n": types.AccessReceiptDocument,
    "\n  query ComplaintsOf($patient: ID!) {\n    complaintsOf(patient: $patient) {\n      id\n      line {\n        id\n      }\n      words\n      by\n      openedAt\n      answer {\n        words\n        by\n        at\n      }\n    }\n  }\n": types.ComplaintsOfDocument,
    "\n  query AccessComplaints {\n    accessComplaints {\n      id\n      about\n      patient\n      patientName\n      record {\n        section\n        date\n      }\n      line {\n        id\n        who\n        role\n        clinic\n        action\n        purpose\n        at\n        detail\n      }\n      words\n      by\n      openedAt\n      dueAt\n      overdue\n      answer {\n        words\n        by\n        at\n      }\n      isAsAnchored\n    }\n  }\n": types.AccessComplaintsDocument,
    "\n  query AdminChanges {\n    adminChanges {\n      id\n      what\n      subject\n      before\n      after\n      author\n      clinic\n      own\n      at\n      position\n    }\n    staffMembers {\n      id\n      name\n    }\n  }\n": types.AdminChangesDocument,
    "\n  mutation ComplainOfAccess($patient: ID!, $line: ID!, $words: String!) {\n    complainOfAccess(patient: $patient, line: $line, words: $words) {\n      id\n    }\n  }\n": types.ComplainOfAccessDocument,
    "\n  mutation AnswerComplaint($id: ID!, $words: String!) {\n    answerComplaint(id: $id, words: $words) {\n      id\n      answer {\n        words\n        by\n        at\n      }\n    }\n  }\n": types.AnswerComplaintDocument,
    "\n  fragment BackupParts on BackupState {\n    backups {\n      id\n      state\n      made\n      expires\n      folder\n      bytes\n      checkedAt\n      documents\n      keys\n      recoverable\n      problem {\n        code\n        details {\n          name\n          value\n        }\n        message\n      }\n    }\n    schedule {\n      folder\n      everyHours\n    }\n    nextDue\n    scheduleProblem {\n      code\n      details {\n        name\n        value\n      }\n      message\n    }\n    progress {\n      step\n      done\n      total\n    }\n    recovery {\n      holders\n      threshold\n      made\n    }\n    lastDrill {\n      at\n      seconds\n    }\n  }\n": types.BackupPartsFragmentDoc,
    "\n  query BackupsNow {\n    backups {\n      ...BackupParts\n    }\n  }\n": types.BackupsNowDocument,
    "\n  subscription BackupsChanged {\n    backupsChanged {\n      ...BackupParts\n    }\n  }\n": types.BackupsChangedDocument,
    "\n  mutation MakeBackup($folder: String!) {\n    makeBackup(folder: $folder) {\n      ...BackupParts\n    }\n  }\n": types.MakeBackupDocument,
    "\n  mutation ScheduleBackups($folder: String, $everyHours: Int) {\n    scheduleBackups(folder: $folder, everyHours: $everyHours) {\n      ...BackupParts\n    }\n  }\n": types.ScheduleBackupsDocument,
    "\n  mutation MakeRecoverySheets($holders: [String!]!, $threshold: Int!, $passphrase: String!) {\n    makeRecoverySheets(holders: $holders, threshold: $threshold, passphrase: $passphrase) {\n      holder\n      index\n      text\n      lines\n    }\n  }\n": types.MakeRecoverySheetsDocument,
    "\n  mutation RunDrill($passphrase: String!) {\n    runDrill(passphrase: $passphrase)\n  }\n": types.RunDrillDocument,
    "\n  query CareCardOf($patient: ID!) {\n    careCard(patient: $patient) {\n      id\n      issuedAt\n      opensInRegion\n      hasEmergency\n      triesLeft\n      progress\n    }\n    patient(id: $patient) {\n      id\n      shared\n      deceased\n    }\n  }\n": types.CareCardOfDocument,
    "\n  mutation IssueCareCard($patient: ID!, $pin: String!, $passphrase: String!, $emergency: Boolean!) {\n    issueCareCard(patient: $patient, pin: $pin, passphrase: $passphrase, emergency: $emergency) {\n      qr\n      groups\n      patientName\n      clinicName\n      card {\n        id\n        issuedAt\n        opensInRegion\n      }\n    }\n  }\n": types.IssueCareCardDocument,
    "\n  mutation EndCareCard($patient: ID!, $passphrase: String!) {\n    endCareCard(patient: $patient, passphrase: $passphrase)\n  }\n": types.EndCareCardDocument,
    "\n  mutation ShowCareCard($card: ShownCard!) {\n    showCareCard(card: $card) {\n      card\n      name\n      birthDate\n      clinicName\n      categories\n    }\n  }\n": types.ShowCareCardDocument,
    "\n  query CardShareText($share: CardShareInput!) {\n    cardShareText(share: $share) {\n      text\n      hash\n    }\n  }\n": types.CardShareTextDocument,
    "\n  mutation ShareByCard($share: CardShareInput!, $textHash: String!, $card: ShownCard!, $passphrase: String!) {\n    shareByCard(share: $share, textHash: $textHash, card: $card, passphrase: $passphrase)\n  }\n": types.ShareByCardDocument,
    "\n  mutation OpenCardEmergency($code: String!) {\n    openCardEmergency(code: $code) {\n      name\n      birthDate\n      sections {\n        name\n        lines {\n          text\n          date\n          disagreements\n        }\n      }\n    }\n  }\n": types.OpenCardEmergencyDocument,
    "\n  query CardDesk {\n    workstation {\n      signedIn {\n        role\n      }\n    }\n  }\n": types.CardDeskDocument,
    "\n  query GuardiansOf($patient: ID!) {\n    guardians(patient: $patient) {\n      ...GuardianParts\n    }\n    wards(patient: $patient) {\n      ...GuardianParts\n    }\n    guardianAges {\n      majority\n      privateFrom\n    }\n    patient(id: $patient) {\n      id\n      deceased\n    }\n  }\n  fragment GuardianParts on Guardian {\n    patient\n    patientName\n    guardian\n    guardianName\n    relationship\n    state\n    mayConsent\n    mayComplain\n    starts\n    ends\n    endedAt\n    signedByPatient\n    evidence\n    text\n  }\n": types.GuardiansOfDocument,
    "\n  query GuardianText($input: GuardianInput!) {\n    guardianText(input: $input) {\n      text\n      hash\n      ends\n      needsCard\n      isChild\n    }\n  }\n": types.GuardianTextDocument,
    "\n  mutation NameGuardian($input: GuardianInput!, $textHash: ID!, $passphrase: String!, $card: ShownCard) {\n    nameGuardian(input: $input, textHash: $textHash, passphrase: $passphrase, card: $card) {\n      guardian\n    }\n  }\n": types.NameGuardianDocument,
    "\n  mutation EndGuardian($patient: ID!, $guardian: ID!, $passphrase: String!) {\n    endGuardian(patient: $patient, guardian: $guardian, passphrase: $passphrase) {\n      guardian\n    }\n  }\n": types.EndGuardianDocument,
    "\n  mutation SetGuardianAges($majority: Int!, $privateFrom: Int!, $passphrase: String!) {\n    setGuardianAges(majority: $majority, privateFrom: $privateFrom, passphrase: $passphrase) {\n      majority\n      privateFrom\n    }\n  }\n": types.SetGuardianAgesDocument,
    "\n  query PalettePatients($search: String!) {\n    patients(search: $search, first: 6) {\n      edges {\n        cursor\n        node {\n          id\n          name\n          birthDate\n        }\n      }\n    }\n  }\n": types.PalettePatientsDocument,
    "\n  query CardNews {\n    cardNews {\n      id\n      patient\n      patientName\n      clinicName\n      change\n      at\n    }\n  }\n": types.CardNewsDocument,
    "\n  mutation NoteCardNews($id: ID!) {\n    noteCardNews(id: $id)\n  }\n": types.NoteCardNewsDocument,
    "\n  fragment ConsentParts on Consent {\n    id\n    patient\n    recipient\n    recipientName\n    categories\n    exceptions {\n      kind\n      value\n      name\n    }\n    purpose\n    starts\n    ends\n    state\n    verification\n    language\n    text\n    recordedBy\n    recordedAt\n    confirmedAt\n    withdrawnAt\n    purges {\n      at\n    }\n    recipientDesks\n    progress\n    resource\n  }\n": types.ConsentPartsFragmentDoc,
    "\n  query ConsentsOf($patient: ID!) {\n    consents(patient: $patient) {\n      ...ConsentParts\n    }\n  }\n": types.ConsentsOfDocument,
    "\n  query Recipients {\n    clinics {\n      chain\n      name\n      kind\n      own\n    }\n  }\n": types.RecipientsDocument,
    "\n  query ConsentExceptions($patient: ID!) {\n    consentExceptions(patient: $patient) {\n      kind\n      value\n      name\n    }\n  }\n": types.ConsentExceptionsDocument,
    "\n  query ConsentTextOf($input: ConsentInput!) {\n    consentText(input: $input) {\n      language\n      text\n      hash\n      needsCard\n    }\n  }\n": types.ConsentTextOfDocument,
    "\n  mutation GiveConsent($input: ConsentInput!, $textHash: String!, $passphrase: String!, $card: ShownCard) {\n    giveConsent(input: $input, textHash: $textHash, passphrase: $passphrase, card: $card) {\n      ...ConsentParts\n    }\n  }\n": types.GiveConsentDocument,
    "\n  mutation WithdrawConsent($id: ID!, $passphrase: String!) {\n    withdrawConsent(id: $id, passphrase: $passphrase) {\n      ...ConsentParts\n    }\n  }\n": types.WithdrawConsentDocument,
    "\n  query WhoCouldOpen($patient: ID!) {\n    whoCouldOpen(patient: $patient) {\n      clinicName\n      own\n      name\n      role\n      count\n      opens {\n        purpose\n        categories\n        reason\n        partial\n      }\n    }\n  }\n": types.WhoCouldOpenDocument,
    "\n  fragment RestrictionParts on Restriction {\n    id\n    people\n    roles\n    categories\n    labels\n    verification\n    recordedBy\n    recordedAt\n    liftedAt\n    progress\n  }\n": types.RestrictionPartsFragmentDoc,
    "\n  query RestrictionsOf($patient: ID!) {\n    restrictions(patient: $patient) {\n      ...RestrictionParts\n    }\n  }\n": types.RestrictionsOfDocument,
    "\n  mutation Restrict($input: RestrictionInput!, $passphrase: String!) {\n    restrict(input: $input, passphrase: $passphrase) {\n      ...RestrictionParts\n    }\n  }\n": types.RestrictDocument,
    "\n  mutation LiftRestriction($patient: ID!, $id: ID!, $passphrase: String!) {\n    liftRestriction(patient: $patient, id: $id, passphrase: $passphrase) {\n      ...RestrictionParts\n    }\n  }\n": types.LiftRestrictionDocument,
    "\n  query Colleagues {\n    staffMembers {\n      id\n      name\n      revoked\n    }\n  }\n": types.ColleaguesDocument,
    "\n  query ConsentProofOf($patient: ID!, $id: ID!) {\n    consentProof(patient: $patient, id: $id)\n  }\n": types.ConsentProofOfDocument,
    "\n  query ForeignConsents($patient: ID!) {\n    foreignConsents(patient: $patient) {\n      record\n      title\n      date\n      active\n      permitsOtherwise\n      notEnforced\n      fault\n      rules {\n        depth\n        permits\n        readers\n        purposes\n        categories\n        labels\n        starts\n        ends\n        emergencyOnly\n        alsoNames\n      }\n    }\n  }\n": types.ForeignConsentsDocument,
    "\n  query BrokenGlass($patient: ID!) {\n    brokenGlass(patient: $patient) {\n      use\n      ends\n      askedOf\n      isAnswered\n    }\n  }\n": types.BrokenGlassDocument,
    "\n  mutation BreakGlass($input: BreakGlassInput!) {\n    breakGlass(input: $input) {\n      use\n      ends\n    }\n  }\n": types.BreakGlassDocument,
    "\n  mutation EndGlass($patient: ID!) {\n    endGlass(patient: $patient)\n  }\n": types.EndGlassDocument,
    "\n  fragment GlassUseParts on GlassUse {\n    use\n    patient\n    patientName\n    who\n    role\n    clinic\n    isOwn\n    reason\n    words\n    proof\n    began\n    ends\n    categories\n    isOverdue\n    toldAt\n    review {\n      verdict\n      by\n      at\n      words\n    }\n  }\n": types.GlassUsePartsFragmentDoc,
    "\n  query GlassUses {\n    glassUses {\n      ...GlassUseParts\n    }\n  }\n": types.GlassUsesDocument,
    "\n  mutation ReviewGlass($use: ID!, $verdict: GlassVerdict!, $words: String!) {\n    reviewGlass(use: $use, verdict: $verdict, words: $words) {\n      ...GlassUseParts\n    }\n  }\n": types.ReviewGlassDocument,
    "\n  mutation NoteGlassTold($use: ID!) {\n    noteGlassTold(use: $use) {\n      ...GlassUseParts\n    }\n  }\n": types.NoteGlassToldDocument,
    "\n  fragment CoverParts on Cover {\n    id\n    from\n    until\n    state\n    byMe\n    endable\n    covered {\n      id\n      name\n    }\n    covering {\n      id\n      name\n    }\n  }\n": types.CoverPartsFragmentDoc,
    "\n  query Covers($past: Boolean!) {\n    covers(past: $past) {\n      ...CoverParts\n    }\n  }\n": types.CoversDocument,
    "\n  mutation NameCover($input: CoverInput!) {\n    nameCover(input: $input) {\n      ...CoverParts\n    }\n  }\n": types.NameCoverDocument,
    "\n  mutation WithdrawCover($cover: ID!) {\n    withdrawCover(cover: $cover) {\n      ...CoverParts\n    }\n  }\n": types.WithdrawCoverDocument,
    "\n  query ErasurePlan($patient: ID!) {\n    erasurePlan(patient: $patient) {\n      patient\n      name\n      compartments {\n        handle\n        category\n        documents\n      }\n      clinics\n      desks\n      retained {\n        ground\n        article\n        basis\n        until\n      }\n      retentionSet\n    }\n    holds(patient: $patient) {\n      ...HoldParts\n    }\n  }\n\n  fragment HoldParts on Hold {\n    id\n    ground\n    article\n    reason\n    placedBy\n    placedAt\n    liftedBy\n    liftedAt\n  }\n": types.ErasurePlanDocument,
    "\n  query Erasures {\n    erasures {\n      ...ErasureParts\n    }\n    retention {\n      ...RetentionParts\n    }\n  }\n\n  fragment ErasureParts on Erasure {\n    id\n    whole\n    ground\n    at\n    by\n    state\n    compartments {\n      handle\n      category\n      documents\n    }\n    confirmations {\n      party\n      device\n      clinic\n      here\n      at\n      count\n    }\n    retained {\n      ground\n      article\n      basis\n      until\n    }\n    lastBackupDies\n  }\n\n  fragment RetentionParts on Retention {\n    jurisdiction\n    years\n    setBy\n    setAt\n    rules {\n      jurisdiction\n      years\n      basis\n    }\n  }\n": types.ErasuresDocument,
    "\n  mutation Erase($input: ErasureInput!, $passphrase: String!) {\n    erase(input: $input, passphrase: $passphrase) {\n      ...ErasureParts\n    }\n  }\n": types.EraseDocument,
    "\n  mutation SetRetention($jurisdiction: String!, $years: Int!, $passphrase: String!) {\n    setRetention(jurisdiction: $jurisdiction, years: $years, passphrase: $passphrase) {\n      ...RetentionParts\n    }\n  }\n": types.SetRetentionDocument,
    "\n  mutation PlaceHold($patient: ID!, $ground: RetentionGround!, $reason: String!, $passphrase: String!) {\n    placeHold(patient: $patient, ground: $ground, reason: $reason, passphrase: $passphrase) {\n      ...HoldParts\n    }\n  }\n": types.PlaceHoldDocument,
    "\n  mutation LiftHold($id: ID!, $passphrase: String!) {\n    liftHold(id: $id, passphrase: $passphrase) {\n      ...HoldParts\n    }\n  }\n": types.LiftHoldDocument,
    "\n  query ErasureCertificate($id: ID!) {\n    erasureCertificate(id: $id)\n  }\n": types.ErasureCertificateDocument,
    "\n  fragment FacadeParts on FhirFacade {\n    port\n    address\n    problem {\n      code\n      details {\n        name\n        value\n      }\n      message\n    }\n    network {\n      listen\n      names\n      addresses\n      authority\n      fingerprint\n    }\n    callers {\n      address\n      program\n      at\n      refused\n    }\n  }\n": types.FacadePartsFragmentDoc,
    "\n  query FhirFacadeNow {\n    fhirFacade {\n      ...FacadeParts\n    }\n    workstation {\n      signedIn {\n        role\n      }\n    }\n  }\n": types.FhirFacadeNowDocument,
    "\n  mutation ServeFhir($port: Int, $network: FhirNetworkInput) {\n    serveFhir(port: $port, network: $network) {\n      ...FacadeParts\n    }\n  }\n": types.ServeFhirDocument,
    "\n  query FhirTokens {\n    fhirTokens {\n      id\n      name\n      scopes\n      purpose\n      patient\n      network\n      staffName\n      isOwn\n      madeAt\n      expiresAt\n      revokedAt\n    }\n  }\n": types.FhirTokensDocument,
    "\n  mutation MakeFhirToken($program: NewFhirToken!) {\n    makeFhirToken(program: $program) {\n      secret\n      token {\n        id\n      }\n    }\n  }\n": types.MakeFhirTokenDocument,
    "\n  mutation RevokeFhirToken($id: ID!) {\n    revokeFhirToken(id: $id) {\n      id\n      revokedAt\n    }\n  }\n": types.RevokeFhirTokenDocument,
    "\n  query ExportProgress {\n    exportProgress {\n      patients\n      patientsOf\n      resources\n      resourcesOf\n      bytes\n    }\n  }\n": types.ExportProgressDocument,
    "\n  mutation CancelExport {\n    cancelExport\n  }\n": types.CancelExportDocument,
    "\n  mutation ExportRecords($folder: String!, $patient: ID, $passphrase: String!) {\n    exportRecords(folder: $folder, patient: $patient, passphrase: $passphrase) {\n      path\n      files\n      bytes\n      resources\n      missing\n    }\n  }\n": types.ExportRecordsDocument,
    "\n  query Fleet {\n    fleet {\n      size\n      now\n      clinics {\n        chain\n        name\n        kind\n        quarantined\n        rebaseline\n        ring\n      }\n      devices {\n        ...FleetDeviceParts\n      }\n      releases {\n        id\n        version\n        offered\n      }\n      acts {\n        ...HubActParts\n      }\n      troubles {\n        process\n        store\n        code\n        since\n      }\n    }\n  }\n": types.FleetDocument,
    "\n  query HubLedger {\n    hubLedger {\n      minutes {\n        ...HubSampleParts\n      }\n      hours {\n        ...HubSampleParts\n      }\n      quorum\n      witnesses {\n        who\n        clinic\n        cosignedAt\n      }\n      disk {\n        finishedAt\n        faults {\n          part\n          count\n        }\n      }\n    }\n  }\n": types.HubLedgerDocument,
    "\n  query RegionAnchors {\n    regionAnchors {\n      size\n      command\n      ours {\n        id\n        parent\n        parentName\n        size\n        root\n        time\n        witnessed\n        standing\n      }\n      others {\n        id\n        region\n        by\n        size\n        root\n        time\n        witnessed\n      }\n    }\n  }\n": types.RegionAnchorsDocument,
    "\n  mutation KeepRegionAnchor($file: String!) {\n    keepRegionAnchor(file: $file) {\n      id\n      size\n      standing\n    }\n  }\n": types.KeepRegionAnchorDocument,
    "\n  query RegionAnchorFile($id: ID!) {\n    regionAnchorFile(id: $id)\n  }\n": types.RegionAnchorFileDocument,
    "\n  fragment HubSampleParts on HubSample {\n    start\n    blocks\n    answered\n    refused\n    typical\n    slow\n    storage\n    memory\n  }\n": types.HubSamplePartsFragmentDoc,
    "\n  fragment FleetDeviceParts on FleetDevice {\n    device\n    chain\n    clinic\n    kind\n    needs\n    quarantined\n    revoked\n    cut\n    lastPosition\n    lastTime\n    reportedAt\n    offered\n    report {\n      version\n      skew\n      lag\n      events\n      documents\n      audited\n      witnessed\n      witnessedAt\n      epoch\n      height\n      problem\n      alarms\n    }\n  }\n": types.FleetDevicePartsFragmentDoc,
    "\n  fragment HubActParts on HubAct {\n    sequence\n    kind\n    subject\n    before\n    after\n    reason\n    time\n    author\n    atMachine\n  }\n": types.HubActPartsFragmentDoc,
    "\n  mutation AdministerHub($input: HubActInput!) {\n    administerHub(input: $input)\n  }\n": types.AdministerHubDocument,
    "\n  mutation InviteClinic($input: InvitationInput!) {\n    inviteClinic(input: $input) {\n      id\n      text\n      expires\n    }\n  }\n": types.InviteClinicDocument,
    "\n  query OwnId {\n    me {\n      id\n      name\n      hasSecondFactor\n    }\n  }\n": types.OwnIdDocument,
    "\n  query FormDrafts($patient: ID) {\n    formDrafts(patient: $patient) {\n      kind\n      key\n      content\n      savedAt\n    }\n  }\n": types.FormDraftsDocument,
    "\n  mutation SaveFormDraft($patient: ID, $kind: String!, $key: String!, $content: String!) {\n    saveFormDraft(patient: $patient, kind: $kind, key: $key, content: $content) {\n      kind\n      key\n      savedAt\n    }\n  }\n": types.SaveFormDraftDocument,
    "\n  mutation DiscardFormDraft($patient: ID, $kind: String!, $key: String!) {\n    discardFormDraft(patient: $patient, kind: $kind, key: $key)\n  }\n": types.DiscardFormDraftDocument,
    "\n  query Administration {\n    administration {\n      forkedAt\n      acts {\n        id\n        number\n        kind\n        subject\n        clinic\n        version\n        before\n        after\n        reason\n        time\n        author\n        by\n      }\n    }\n  }\n": types.AdministrationDocument,
    "\n  fragment EvidenceParts on Evidence {\n    id\n    code\n    about\n    message\n    since\n    stops\n    provable\n    acknowledgedAt\n    acknowledgedBy\n    resolvedAt\n    resolvedBy\n  }\n": types.EvidencePartsFragmentDoc,
    "\n  query OpenAlarms {\n    syncState {\n      run\n      revision\n      witnessedAt\n      alarms {\n        ...EvidenceParts\n      }\n      diskCheck {\n        ...DiskParts\n      }\n    }\n  }\n": types.OpenAlarmsDocument,
    "\n  query EveryEvidence {\n    evidence {\n      ...EvidenceParts\n    }\n  }\n": types.EveryEvidenceDocument,
    "\n  query EvidenceFile($id: Int!) {\n    evidenceFile(id: $id)\n  }\n": types.EvidenceFileDocument,
    "\n  mutation AcknowledgeEvidence($id: Int!) {\n    acknowledgeEvidence(id: $id) {\n      run\n      revision\n      alarms {\n        ...EvidenceParts\n      }\n    }\n  }\n": types.AcknowledgeEvidenceDocument,
    "\n  mutation FollowRestoredHub {\n    followRestoredHub {\n      run\n      revision\n      connection\n      alarms {\n        ...EvidenceParts\n      }\n    }\n  }\n": types.FollowRestoredHubDocument,
    "\n  mutation ResumeSync {\n    resumeSync {\n      run\n      revision\n      connection\n      alarms {\n        ...EvidenceParts\n      }\n    }\n  }\n": types.ResumeSyncDocument,
    "\n  fragment BlockParts on LedgerBlock {\n    position\n    hash\n    chain\n    clinic\n    device\n    epoch\n    height\n    time\n    bytes\n    progress\n    audited\n    events {\n      type\n      handle\n      author\n      personal\n      time\n      verdict\n      reason\n    }\n  }\n": types.BlockPartsFragmentDoc,
    "\n  fragment DiskParts on DiskCheck {\n    finishedAt\n    faults {\n      part\n      count\n    }\n  }\n": types.DiskPartsFragmentDoc,
    "\n  query NewestBlocks($before: Float, $limit: Int!) {\n    ledgerBlocks(before: $before, limit: $limit) {\n      ...BlockParts\n    }\n  }\n": types.NewestBlocksDocument,
    "\n  query BlockAt($position: Float!) {\n    ledgerBlock(position: $position) {\n      ...BlockParts\n    }\n  }\n": types.BlockAtDocument,
    "\n  query InclusionOf($position: Float!) {\n    inclusion(position: $position) {\n      position\n      size\n      leaf\n      root\n      nodes\n      valid\n      checkpoint\n    }\n  }\n": types.InclusionOfDocument,
    "\n  query LedgerState {\n    syncState {\n      run\n      revision\n      replicaSize\n      historyFrom\n      auditedSize\n      witnessedSize\n      witnessedAt\n      pendingEvents\n    }\n  }\n": types.LedgerStateDocument,
    "\n  query DiskState {\n    syncState {\n      diskCheck {\n        ...DiskParts\n      }\n    }\n  }\n": types.DiskStateDocument,
    "\n  query UnfinishedFileStore {\n    unfinishedFileStore {\n      files\n      bytes\n      keptDays\n    }\n  }\n": types.UnfinishedFileStoreDocument,
    "\n  fragment OfferParts on Offer {\n    id\n    title\n    description\n    publisher\n    publisherName\n    own\n    purposes\n    categories\n    criteria\n    reward\n    minimumGroup\n    opens\n    expires\n    state\n    participants\n    promised {\n      currency\n      amount\n    }\n    progress\n  }\n": types.OfferPartsFragmentDoc,
    "\n  fragment BenefitParts on Benefit {\n    id\n    amount\n    currency\n    earnedAt\n    paidAt\n    earnedFor\n    paidBy\n  }\n": types.BenefitPartsFragmentDoc,
    "\n  fragment ParticipantParts on Participant {\n    id\n    since\n    active\n    benefits {\n      ...BenefitParts\n    }\n  }\n": types.ParticipantPartsFragmentDoc,
    "\n  query ParticipantsOf($offer: ID!) {\n    participants(offer: $offer) {\n      ...ParticipantParts\n    }\n  }\n": types.ParticipantsOfDocument,
    "\n  mutation RecordEarned($offer: ID!, $participant: ID!, $amount: Float!, $words: String!, $passphrase: String!) {\n    recordEarned(offer: $offer, participant: $participant, amount: $amount, words: $words, passphrase: $passphrase) {\n      ...ParticipantParts\n    }\n  }\n": types.RecordEarnedDocument,
    "\n  mutation RecordPaid($offer: ID!, $participant: ID!, $benefit: ID!, $words: String!, $passphrase: String!) {\n    recordPaid(offer: $offer, participant: $participant, benefit: $benefit, words: $words, passphrase: $passphrase) {\n      ...ParticipantParts\n    }\n  }\n": types.RecordPaidDocument,
    "\n  query BenefitReceipt($patient: ID!, $benefit: ID!) {\n    benefitReceipt(patient: $patient, benefit: $benefit)\n  }\n": types.BenefitReceiptDocument,
    "\n  query OffersNow {\n    offers {\n      ...OfferParts\n    }\n  }\n": types.OffersNowDocument,
    "\n  query ParticipationsOf($patient: ID!) {\n    participations(patient: $patient) {\n      patient\n      active\n      since\n      progress\n      benefits {\n        ...BenefitParts\n      }\n      offer {\n        ...OfferParts\n      }\n    }\n  }\n": types.ParticipationsOfDocument,
    "\n  mutation PublishOffer($input: OfferInput!, $passphrase: String!) {\n    publishOffer(input: $input, passphrase: $passphrase) {\n      ...OfferParts\n    }\n  }\n": types.PublishOfferDocument,
    "\n  mutation WithdrawOffer($id: ID!, $passphrase: String!) {\n    withdrawOffer(id: $id, passphrase: $passphrase) {\n      ...OfferParts\n    }\n  }\n": types.WithdrawOfferDocument,
    "\n  mutation JoinOffer($patient: ID!, $offer: ID!, $passphrase: String!) {\n    joinOffer(patient: $patient, offer: $offer, passphrase: $passphrase) {\n      patient\n      active\n      since\n      progress\n      benefits {\n        ...BenefitParts\n      }\n      offer {\n        ...OfferParts\n      }\n    }\n  }\n": types.JoinOfferDocument,
    "\n  mutation LeaveOffer($patient: ID!, $offer: ID!, $passphrase: String!) {\n    leaveOffer(patient: $patient, offer: $offer, passphrase: $passphrase) {\n      patient\n      active\n      since\n      progress\n      benefits {\n        ...BenefitParts\n      }\n      offer {\n        ...OfferParts\n      }\n    }\n  }\n": types.LeaveOfferDocument,
    "\n  query MonitoringDesk {\n    workstation {\n      clinic {\n        chain\n      }\n      signedIn {\n        role\n      }\n    }\n  }\n": types.MonitoringDeskDocument,
    "\n  fragment ReadingGatewayParts on ReadingGateway {\n    key\n    name\n    enrolledBy\n    enrolledAt\n    revokedAt\n    revokedBy\n    newestAt\n  }\n": types.ReadingGatewayPartsFragmentDoc,
    "\n  query ReadingGateways {\n    readingGateways {\n      ...ReadingGatewayParts\n    }\n    readingFolder {\n      path\n      lookedAt\n      taken\n      refused\n      folderProblem {\n        code\n        message\n        details {\n          name\n          value\n        }\n      }\n      batchProblem {\n        code\n        message\n        details {\n          name\n          value\n        }\n      }\n    }\n  }\n": types.ReadingGatewaysDocument,
    "\n  mutation EnrolReadingGateway($name: String!, $key: String!) {\n    enrolReadingGateway(name: $name, key: $key) {\n      ...ReadingGatewayParts\n    }\n  }\n": types.EnrolReadingGatewayDocument,
    "\n  mutation RevokeReadingGateway($key: ID!) {\n    revokeReadingGateway(key: $key) {\n      ...ReadingGatewayParts\n    }\n  }\n": types.RevokeReadingGatewayDocument,
    "\n  mutation SetReadingFolder($path: String) {\n    setReadingFolder(path: $path) {\n      path\n    }\n  }\n": types.SetReadingFolderDocument,
    "\n  fragment AlertParts on MonitoringAlert {\n    id\n    side\n    threshold\n    escalated\n    step\n    corrected\n    acknowledgedBy\n    acknowledgedAt\n    reading {\n      value\n      measured\n      received\n    }\n  }\n": types.AlertPartsFragmentDoc,
    "\n  fragment WatchParts on Watch {\n    id\n    measurement\n    unit\n    state\n    notWatchingSince\n    passedOver\n    patient {\n      id\n      name\n      birthDate\n    }\n    last {\n      value\n      measured\n      received\n    }\n    alerts {\n      ...AlertParts\n    }\n    acknowledged {\n      ...AlertParts\n    }\n    plans {\n      id\n      active\n      low\n      high\n      intervalMinutes\n      escalateMinutes\n      repeatMinutes\n      ladder {\n        afterMinutes\n        tell {\n          id\n          name\n        }\n      }\n      by\n      from\n      tell {\n        id\n        name\n      }\n    }\n  }\n": types.WatchPartsFragmentDoc,
    "\n  query Monitored {\n    monitored {\n      ...WatchParts\n    }\n  }\n": types.MonitoredDocument,
    "\n  query AlertCalls {\n    alertCalls {\n      id\n      measurement\n      unit\n      open\n      step\n      steps\n      calls\n      covered\n      patient {\n        id\n        name\n      }\n      alert {\n        ...AlertParts\n      }\n    }\n  }\n": types.AlertCallsDocument,
    "\n  query MonitoringOf($patient: ID!) {\n    monitoring(patient: $patient) {\n      ...WatchParts\n    }\n  }\n": types.MonitoringOfDocument,
    "\n  query MonitoringDryRun($input: MonitoringInput!) {\n    monitoringDryRun(input: $input) {\n      readings\n      alerts\n      gaps\n    }\n  }\n": types.MonitoringDryRunDocument,
    "\n  query MonitoringStaff {\n    me {\n      id\n    }\n    staffMembers {\n      id\n      name\n      role\n      revoked\n    }\n  }\n": types.MonitoringStaffDocument,
    "\n  mutation SetMonitoring($input: MonitoringInput!) {\n    setMonitoring(input: $input) {\n      ...WatchParts\n    }\n  }\n": types.SetMonitoringDocument,
    "\n  mutation EndMonitoring($patient: ID!, $measurement: Measurement!) {\n    endMonitoring(patient: $patient, measurement: $measurement) {\n      ...WatchParts\n    }\n  }\n": types.EndMonitoringDocument,
    "\n  mutation AcknowledgeAlerts($watch: ID!, $alerts: [ID!]!) {\n    acknowledgeAlerts(watch: $watch, alerts: $alerts) {\n      ...WatchParts\n    }\n  }\n": types.AcknowledgeAlertsDocument,
    "\n  query PatientSheet($patient: ID!) {\n    patient(id: $patient) {\n      id\n      name\n      birthDate\n      gender\n      deceased\n      deceasedAt\n      phone\n      city\n      custodianName\n      shared\n      identifiers {\n        system\n        value\n        type\n      }\n    }\n  }\n": types.PatientSheetDocument,
    "\n  query FindPatients($search: String, $first: Int = 50, $after: String) {\n    patients(search: $search, first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          name\n          birthDate\n          gender\n          deceased\n          city\n          custodianName\n          shared\n          mergedInto\n          identifiers {\n            system\n            value\n            type\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      totalCount\n    }\n  }\n": types.FindPatientsDocument,
    "\n  mutation RegisterPatient($input: RegisterPatientInput!, $evenSo: Boolean) {\n    registerPatient(input: $input, evenSo: $evenSo) {\n      patient {\n        id\n        name\n      }\n      candidates {\n        reasons\n        probability\n        evidence {\n          field\n          agreement\n          weight\n        }\n        patient {\n          id\n          name\n          birthDate\n          gender\n          city\n          identifiers {\n            system\n            value\n            type\n          }\n        }\n      }\n    }\n  }\n": types.RegisterPatientDocument,
    "\n  fragment PaymentParts on PaymentReceipt {\n    id\n    revision\n    number\n    paidAt\n    means\n    currency\n    lines {\n      what\n      amount\n    }\n    total\n    takenBy\n    voided\n  }\n": types.PaymentPartsFragmentDoc,
    "\n  query PaymentReceipts($patient: ID!) {\n    paymentReceipts(patient: $patient) {\n      ...PaymentParts\n    }\n  }\n": types.PaymentReceiptsDocument,
    "\n  mutation WritePaymentReceipt($input: PaymentReceiptInput!) {\n    writePaymentReceipt(input: $input) {\n      ...PaymentParts\n    }\n  }\n": types.WritePaymentReceiptDocument,
    "\n  mutation VoidPaymentReceipt($patient: ID!, $receipt: ID!, $revision: String!, $reason: String!) {\n    voidPaymentReceipt(patient: $patient, receipt: $receipt, revision: $revision, reason: $reason) {\n      ...PaymentParts\n    }\n  }\n": types.VoidPaymentReceiptDocument,
    "\n  mutation NotePaymentPrint($patient: ID!, $receipt: ID!) {\n    notePaymentPrint(patient: $patient, receipt: $receipt)\n  }\n": types.NotePaymentPrintDocument,
    "\n  query AttachmentOf($patient: ID!, $record: ID!) {\n    attachment(patient: $patient, record: $record) {\n      id\n      name\n      type\n      size\n      pieces\n    }\n  }\n": types.AttachmentOfDocument,
    "\n  query AttachmentPiece($patient: ID!, $record: ID!, $index: Int!) {\n    attachmentPiece(patient: $patient, record: $record, index: $index)\n  }\n": types.AttachmentPieceDocument,
    "\n  mutation BeginAttachment($input: AttachmentInput!, $title: String!) {\n    beginAttachment(input: $input, title: $title) {\n      id\n      next\n      of\n    }\n  }\n": types.BeginAttachmentDocument,
    "\n  mutation PutAttachmentPiece($input: AttachmentInput!, $index: Int!, $data: String!) {\n    putAttachmentPiece(input: $input, index: $index, data: $data) {\n      id\n      next\n      of\n    }\n  }\n": types.PutAttachmentPieceDocument,
    "\n  query UnfinishedFiles($patient: ID!) {\n    unfinishedFiles(patient: $patient) {\n      name\n      type\n      size\n      modified\n      next\n      of\n      at\n      keptUntil\n    }\n  }\n": types.UnfinishedFilesDocument,
    "\n  mutation DiscardAttachment($input: AttachmentInput!) {\n    discardAttachment(input: $input)\n  }\n": types.DiscardAttachmentDocument,
    "\n  mutation FinishAttachment($input: AttachmentInput!) {\n    finishAttachment(input: $input)\n  }\n": types.FinishAttachmentDocument,
    "\n  fragment ItemParts on ChartItem {\n    id\n    section\n    resourceType\n    title\n    code\n    codeSystem\n    date\n    status\n    value\n    unit\n    low\n    high\n    detail\n    version\n    author\n    recordedAt\n    progress\n    dispute\n    waiting\n    proposedBy\n    disagreements {\n      record\n      words\n      date\n    }\n  }\n": types.ItemPartsFragmentDoc,
    "\n  fragment ChartParts on Chart {\n    merged {\n      id\n      name\n      birthDate\n    }\n    openedAt\n    purpose\n    covered {\n      id\n      name\n    }\n    encounterNow\n    categories\n    patient {\n      id\n      name\n      family\n      given\n      birthDate\n      gender\n      deceased\n      deceasedAt\n      phone\n      city\n      custodian\n      custodianName\n      shared\n      mergedInto\n      identifiers {\n        system\n        value\n        type\n      }\n    }\n    summary {\n      allergies {\n        ...ItemParts\n      }\n      problems {\n        ...ItemParts\n      }\n      medications {\n        ...ItemParts\n      }\n      vitals {\n        ...ItemParts\n      }\n      encounters {\n        ...ItemParts\n      }\n      orders {\n        ...ItemParts\n      }\n      cautions {\n        ...ItemParts\n      }\n    }\n    sections {\n      section\n      count\n    }\n  }\n": types.ChartPartsFragmentDoc,
    "\n  mutation OpenChart($patient: ID!, $purpose: Purpose!, $covered: ID) {\n    openChart(patient: $patient, purpose: $purpose, covered: $covered) {\n      ...ChartParts\n    }\n  }\n": types.OpenChartDocument,
    "\n  query SoapNoteText($input: PutRecordInput!) {\n    soapNoteText(input: $input)\n  }\n": types.SoapNoteTextDocument,
    "\n  mutation SignSoapNote($input: PutRecordInput!, $passphrase: String!) {\n    signSoapNote(input: $input, passphrase: $passphrase) {\n      id\n      title\n    }\n  }\n": types.SignSoapNoteDocument,
    "\n  query FormTemplates($kind: String!) {\n    formTemplates(kind: $kind) {\n      name\n      fields\n    }\n  }\n": types.FormTemplatesDocument,
    "\n  mutation SaveFormTemplate($input: FormTemplateInput!) {\n    saveFormTemplate(input: $input) {\n      name\n    }\n  }\n": types.SaveFormTemplateDocument,
    "\n  mutation RemoveFormTemplate($kind: String!, $name: String!) {\n    removeFormTemplate(kind: $kind, name: $name) {\n      name\n    }\n  }\n": types.RemoveFormTemplateDocument,
    "\n  mutation CloseChart($patient: ID!) {\n    closeChart(patient: $patient)\n  }\n": types.CloseChartDocument,
    "\n  query ChartNow($patient: ID!) {\n    chart(patient: $patient) {\n      ...ChartParts\n    }\n  }\n": types.ChartNowDocument,
    "\n  query SectionItems($patient: ID!, $section: Section, $search: String, $remote: Boolean!, $first: Int = 50, $after: String) {\n    chart(patient: $patient) {\n      patient {\n        id\n      }\n      items(section: $section, search: $search, remote: $remote, first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            ...ItemParts\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n  }\n": types.SectionItemsDocument,
    "\n  query SeriesCodes($patient: ID!) {\n    chart(patient: $patient) {\n      patient {\n        id\n      }\n      seriesCodes {\n        code\n        title\n        count\n      }\n    }\n  }\n": types.SeriesCodesDocument,
    "\n  query SeriesOf($patient: ID!, $code: String!) {\n    chart(patient: $patient) {\n      patient {\n        id\n      }\n      series(code: $code) {\n        code\n        title\n        unit\n        ucum\n        points {\n          record\n          date\n          value\n          unit\n          ucum\n          low\n          high\n        }\n      }\n    }\n  }\n": types.SeriesOfDocument,
    "\n  query RecordNow($patient: ID!, $id: ID!) {\n    record(patient: $patient, id: $id) {\n      item {\n        ...ItemParts\n      }\n      resource\n      undoable\n      amendable\n      disputable\n      missingReferences\n      history {\n        version\n        document\n        author\n        authorId\n        at\n        reason\n        personallySigned\n        importedFrom\n        merge\n        proposedBy {\n          author\n          clinic\n          at\n        }\n        progress\n        dispute\n        resource\n        position\n        difference {\n          path\n          before\n          after\n        }\n      }\n    }\n  }\n": types.RecordNowDocument,
    "\n  query DispensingNow($patient: ID!, $prescription: ID!) {\n    dispensing(patient: $patient, prescription: $prescription) {\n      prescription\n      handed {\n        record\n        status\n        amount {\n          value\n          unit\n        }\n        at\n        expires\n      }\n    }\n  }\n": types.DispensingNowDocument,
    "\n  query ReceiptOf($patient: ID!, $record: ID!, $version: Int) {\n    receipt(patient: $patient, record: $record, version: $version) {\n      json\n      fileName\n      witnessed\n    }\n  }\n": types.ReceiptOfDocument,
    "\n  mutation PutRecords($patient: ID!, $inputs: [PutRecordInput!]!) {\n    putRecords(patient: $patient, inputs: $inputs) {\n      ...ItemParts\n    }\n  }\n": types.PutRecordsDocument,
    "\n  mutation MergePatients($patient: ID!, $other: ID!, $reason: String!) {\n    mergePatients(patient: $patient, other: $other, reason: $reason) {\n      ...ChartParts\n    }\n  }\n": types.MergePatientsDocument,
    "\n  mutation UnmergePatients($patient: ID!, $other: ID!, $reason: String!) {\n    unmergePatients(patient: $patient, other: $other, reason: $reason) {\n      ...ChartParts\n    }\n  }\n": types.UnmergePatientsDocument,
    "\n  query MergeCandidates($id: ID!) {\n    patientDuplicates(id: $id) {\n      probability\n      evidence {\n        field\n        agreement\n        weight\n      }\n      patient {\n        ...MergedParts\n      }\n    }\n  }\n": types.MergeCandidatesDocument,
    "\n  fragment MergedParts on Patient {\n    id\n    name\n    birthDate\n    gender\n    city\n    phone\n    mergedInto\n    shared\n    identifiers {\n      system\n      value\n      type\n    }\n  }\n": types.MergedPartsFragmentDoc,
    "\n  query MergedPatient($id: ID!) {\n    patient(id: $id) {\n      ...MergedParts\n    }\n  }\n": types.MergedPatientDocument,
    "\n  query WriterNow {\n    workstation {\n      signedIn {\n        id\n        name\n        role\n      }\n    }\n  }\n": types.WriterNowDocument,
    "\n  query ConflictList {\n    conflicts {\n      id\n      patient {\n        id\n        name\n        birthDate\n      }\n      record\n      at\n      mine\n      proposedBy\n    }\n  }\n": types.ConflictListDocument,
    "\n  query ConflictNow($patient: ID!, $id: ID!) {\n    conflict(patient: $patient, id: $id) {\n      id\n      record\n      title\n      resourceType\n      whole\n      proposedBy\n      current {\n        version\n        author\n        at\n        reason\n      }\n      late {\n        version\n        author\n        at\n        reason\n      }\n      elements {\n        element\n        base\n        current\n        late\n        changedBy\n        safety\n      }\n    }\n  }\n": types.ConflictNowDocument,
    "\n  mutation SettleConflict($input: SettleConflictInput!) {\n    settleConflict(input: $input) {\n      ...ItemParts\n    }\n  }\n": types.SettleConflictDocument,
    "\n  mutation UndoMerge($input: UndoMergeInput!) {\n    undoMerge(input: $input) {\n      ...ItemParts\n    }\n  }\n": types.UndoMergeDocument,
    "\n  fragment ProposalParts on Proposal {\n    id\n    record\n    title\n    resourceType\n    new\n    clinic\n    ours\n    author\n    at\n    reason\n    state\n    answer\n    answeredBy\n    difference {\n      path\n      before\n      after\n    }\n  }\n": types.ProposalPartsFragmentDoc,
    "\n  query ProposalsOf($patient: ID!) {\n    proposals(patient: $patient) {\n      ...ProposalParts\n    }\n  }\n": types.ProposalsOfDocument,
    "\n  mutation ProposeAmendment($input: PutRecordInput!) {\n    proposeAmendment(input: $input) {\n      ...ProposalParts\n    }\n  }\n": types.ProposeAmendmentDocument,
    "\n  mutation DeclineProposal($patient: ID!, $id: ID!, $reason: String!) {\n    declineProposal(patient: $patient, id: $id, reason: $reason)\n  }\n": types.DeclineProposalDocument,
    "\n  mutation ReopenProposal($patient: ID!, $id: ID!) {\n    reopenProposal(patient: $patient, id: $id)\n  }\n": types.ReopenProposalDocument,
    "\n  mutation FileDisagreement($patient: ID!, $record: ID!, $words: String!, $saidBy: String) {\n    fileDisagreement(patient: $patient, record: $record, words: $words, saidBy: $saidBy) {\n      ...ItemParts\n    }\n  }\n": types.FileDisagreementDocument,
    "\n  query DraftsOf($patient: ID!) {\n    drafts(patient: $patient) {\n      kind\n      key\n      content\n      savedAt\n    }\n  }\n": types.DraftsOfDocument,
    "\n  mutation SaveDraft($patient: ID!, $kind: String!, $key: String!, $content: String!) {\n    saveDraft(patient: $patient, kind: $kind, key: $key, content: $content) {\n      kind\n      key\n      savedAt\n    }\n  }\n": types.SaveDraftDocument,
    "\n  mutation DiscardDraft($patient: ID!, $kind: String!, $key: String!) {\n    discardDraft(patient: $patient, kind: $kind, key: $key)\n  }\n": types.DiscardDraftDocument,
    "\n  fragment ImportParts on ImportJob {\n    id\n    state\n    here\n    startedAt\n    bytesRead\n    bytesTotal\n    currentFile\n    accepted\n    alreadyPresent\n    refusedCount\n    patients\n    missingReferenceCount\n    problem {\n      code\n      message\n      details {\n        name\n        value\n      }\n    }\n    dryRun\n    alikeCount\n  }\n": types.ImportPartsFragmentDoc,
    "\n  query ImportJobs {\n    importJobs {\n      ...ImportParts\n    }\n  }\n": types.ImportJobsDocument,
    "\n  query ImportJobNow($id: ID!) {\n    importJob(id: $id) {\n      ...ImportParts\n    }\n  }\n": types.ImportJobNowDocument,
    "\n  query ImportReport($id: ID!, $first: Int!) {\n    importJob(id: $id) {\n      ...ImportParts\n      refused(first: $first) {\n        file\n        line\n        path\n        code\n        message\n      }\n      doubts(first: $first) {\n        file\n        line\n        path\n        code\n        message\n      }\n      doubtCount\n      missingReferences(first: $first)\n      ignored\n      undo {\n        ...UndoParts\n      }\n      people(first: $first) {\n        file\n        line\n        name\n        birthDate\n        isNew\n        alike {\n          probability\n          patient {\n            id\n            name\n            birthDate\n          }\n        }\n      }\n    }\n  }\n": types.ImportReportDocument,
    "\n  fragment UndoParts on ImportUndo {\n    marked\n    restored\n    people\n    leftCount\n    left(first: 200) {\n      name\n      resourceType\n      title\n      reason\n    }\n  }\n": types.UndoPartsFragmentDoc,
    "\n  query ImportUndoPlan($id: ID!) {\n    importUndo(id: $id) {\n      ...UndoParts\n    }\n  }\n": types.ImportUndoPlanDocument,
    "\n  mutation TakeImportBack($id: ID!, $reason: String!) {\n    takeImportBack(id: $id, reason: $reason) {\n      ...ImportParts\n    }\n  }\n": types.TakeImportBackDocument,
    "\n  query CsvMappings {\n    csvMappings\n  }\n": types.CsvMappingsDocument,
    "\n  query CsvPreview($file: String!, $data: String, $mapping: String) {\n    csvPreview(file: $file, data: $data, mapping: $mapping) {\n      foreignLine\n      columns\n      delimiter\n      rows\n      resources\n      refused {\n        line\n        path\n        code\n        message\n      }\n    }\n  }\n": types.CsvPreviewDocument,
    "\n  mutation SaveCsvMapping($mapping: String!) {\n    saveCsvMapping(mapping: $mapping)\n  }\n": types.SaveCsvMappingDocument,
    "\n  subscription ImportProgress($id: ID!) {\n    importProgress(id: $id) {\n      ...ImportParts\n    }\n  }\n": types.ImportProgressDocument,
    "\n  mutation ImportPaths($paths: [String!]!, $dryRun: Boolean!, $csvMapping: String) {\n    importPaths(paths: $paths, dryRun: $dryRun, csvMapping: $csvMapping) {\n      ...ImportParts\n    }\n  }\n": types.ImportPathsDocument,
    "\n  mutation ImportText(\n    $job: ID\n    $file: String!\n    $firstLine: Int!\n    $text: String!\n    $base64: Boolean\n    $last: Boolean!\n    $finish: Boolean!\n    $dryRun: Boolean!\n    $csvMapping: String\n  ) {\n    importText(\n      job: $job\n      file: $file\n      firstLine: $firstLine\n      text: $text\n      base64: $base64\n      last: $last\n      finish: $finish\n      dryRun: $dryRun\n      csvMapping: $csvMapping\n    ) {\n      ...ImportParts\n    }\n  }\n": types.ImportTextDocument,
    "\n  mutation ImportFile($job: ID, $file: String!, $size: Float!, $index: Int!, $data: String!) {\n    importFile(job: $job, file: $file, size: $size, index: $index, data: $data) {\n      ...ImportParts\n    }\n  }\n": types.ImportFileDocument,
    "\n  mutation ImportAfterDryRun($id: ID!) {\n    importAfterDryRun(id: $id) {\n      ...ImportParts\n    }\n  }\n": types.ImportAfterDryRunDocument,
    "\n  mutation CancelImport($id: ID!) {\n    cancelImport(id: $id) {\n      ...ImportParts\n    }\n  }\n": types.CancelImportDocument,
    "\n  mutation ResumeImport($id: ID!) {\n    resumeImport(id: $id) {\n      ...ImportParts\n    }\n  }\n": types.ResumeImportDocument,
    "\n  query MedicationReconciliation($patient: ID!, $other: ID) {\n    medicationReconciliation(patient: $patient, other: $other) {\n      lines {\n        name\n        decisions\n        chart {\n          ...ItemParts\n        }\n        came {\n          origin\n          from\n          item {\n            ...ItemParts\n          }\n        }\n      }\n      last {\n        ...ItemParts\n      }\n    }\n  }\n": types.MedicationReconciliationDocument,
    "\n  query MedicationReconciliationText($input: ReconcileMedicationsInput!) {\n    medicationReconciliationText(input: $input)\n  }\n": types.MedicationReconciliationTextDocument,
    "\n  mutation SignMedicationReconciliation($input: ReconcileMedicationsInput!, $passphrase: String!) {\n    signMedicationReconciliation(input: $input, passphrase: $passphrase) {\n      id\n      title\n    }\n  }\n": types.SignMedicationReconciliationDocument,
    "\n  query AlikeElsewhere($id: ID!) {\n    patientDuplicates(id: $id) {\n      patient {\n        id\n        name\n        birthDate\n        shared\n        custodianName\n      }\n    }\n  }\n": types.AlikeElsewhereDocument,
    "\n  query PrintedSections($patient: ID!, $results: Int!) {\n    chart(patient: $patient) {\n      patient {\n        id\n      }\n      immunizations: items(section: IMMUNIZATION, first: 100) {\n        ...PrintedItems\n      }\n      procedures: items(section: PROCEDURE, first: 40) {\n        ...PrintedItems\n      }\n      results: items(section: RESULT, first: $results) {\n        ...PrintedItems\n      }\n    }\n  }\n": types.PrintedSectionsDocument,
    "\n  fragment PrintedItems on ChartItemConnection {\n    edges {\n      node {\n        ...ItemParts\n      }\n    }\n    totalCount\n  }\n": types.PrintedItemsFragmentDoc,
    "\n  mutation NotePrint($patient: ID!, $paper: PrintedPaper!) {\n    notePrint(patient: $patient, paper: $paper)\n  }\n": types.NotePrintDocument,
    "\n  mutation RecordDeath($input: DeathInput!) {\n    recordDeath(input: $input) {\n      ...ChartParts\n    }\n  }\n": types.RecordDeathDocument,
    "\n  query StaffMembers {\n    me {\n      id\n      name\n      role\n      revoked\n      hasSecondFactor\n    }\n    staffMembers {\n      id\n      name\n      role\n      revoked\n      hasSecondFactor\n    }\n  }\n": types.StaffMembersDocument,
    "\n  mutation EnrolStaff($input: EnrolStaffInput!) {\n    enrolStaff(input: $input) {\n      id\n      name\n      role\n      revoked\n      hasSecondFactor\n    }\n  }\n": types.EnrolStaffDocument,
    "\n  mutation RevokeStaff($staff: ID!) {\n    revokeStaff(staff: $staff)\n  }\n": types.RevokeStaffDocument,
    "\n  mutation RenewOwnKey($passphrase: String!) {\n    renewOwnKey(passphrase: $passphrase)\n  }\n": types.RenewOwnKeyDocument,
    "\n  mutation ChangePassphrase($current: String!, $next: String!) {\n    changePassphrase(current: $current, next: $next)\n  }\n": types.ChangePassphraseDocument,
    "\n  mutation OfferSecondFactor($passphrase: String!) {\n    offerSecondFactor(passphrase: $passphrase) {\n      uri\n      secret\n    }\n  }\n": types.OfferSecondFactorDocument,
    "\n  mutation EnrolSecondFactor($code: String!, $ceremony: ID) {\n    enrolSecondFactor(code: $code, ceremony: $ceremony) {\n      id\n      hasSecondFactor\n    }\n  }\n": types.EnrolSecondFactorDocument,
    "\n  mutation RemoveSecondFactor($passphrase: String!) {\n    removeSecondFactor(passphrase: $passphrase) {\n      id\n      hasSecondFactor\n    }\n  }\n": types.RemoveSecondFactorDocument,
    "\n  mutation ShowSecondFactor($code: String!, $ceremony: ID!) {\n    showSecondFactor(code: $code, ceremony: $ceremony)\n  }\n": types.ShowSecondFactorDocument,
    "\n  query OwnSecondFactor {\n    secondFactor {\n      hasTimeCode\n      passkeys {\n        id\n        name\n        added\n        lastUsed\n        isSynchronised\n      }\n    }\n  }\n": types.OwnSecondFactorDocument,
    "\n  mutation AddPasskey($passphrase: String!, $name: String!) {\n    addPasskey(passphrase: $passphrase, name: $name)\n  }\n": types.AddPasskeyDocument,
    "\n  mutation AskPasskey($ceremony: ID!) {\n    askPasskey(ceremony: $ceremony)\n  }\n": types.AskPasskeyDocument,
    "\n  mutation PasskeyDone($ticket: ID!) {\n    passkeyDone(ticket: $ticket) {\n      id\n      hasSecondFactor\n    }\n  }\n": types.PasskeyDoneDocument,
    "\n  mutation RemovePasskey($passphrase: String!, $passkey: ID!) {\n    removePasskey(passphrase: $passphrase, passkey: $passkey) {\n      id\n      hasSecondFactor\n    }\n  }\n": types.RemovePasskeyDocument,
    "\n  mutation OpenPasskeyPage {\n    openPasskeyPage\n  }\n": types.OpenPasskeyPageDocument,
    "\n  fragment WorkstationParts on Workstation {\n    state\n    version\n    training\n    keychain\n    lockAfterMinutes\n    look {\n      language\n      scheme\n    }\n    waiting {\n      alerts\n      tasks\n      at\n      calls\n      quiet\n      calledAt\n    }\n    update {\n      state\n      version\n      isOlder\n      canInstall\n      notes {\n        language\n        text\n      }\n      problem {\n        code\n        details {\n          name\n          value\n        }\n        message\n        retry\n      }\n    }\n    device\n    clinic {\n      chain\n      name\n      kind\n      own\n    }\n    staff {\n      id\n      name\n      role\n    }\n    signedIn {\n      id\n      name\n      role\n    }\n  }\n": types.WorkstationPartsFragmentDoc,
    "\n  query WorkstationNow {\n    workstation {\n      ...WorkstationParts\n    }\n  }\n": types.WorkstationNowDocument,
    "\n  subscription WorkstationChanged {\n    workstationChanged {\n      ...WorkstationParts\n    }\n  }\n": types.WorkstationChangedDocument,
    "\n  mutation ChooseLook($language: String, $scheme: ColorScheme) {\n    chooseLook(language: $language, scheme: $scheme) {\n      ...WorkstationParts\n    }\n  }\n": types.ChooseLookDocument,
    "\n  mutation InstallUpdate {\n    installUpdate\n  }\n": types.InstallUpdateDocument,
    "\n  mutation CreateClinic($input: CreateClinicInput!) {\n    createClinic(input: $input) {\n      ...WorkstationParts\n    }\n  }\n": types.CreateClinicDocument,
    "\n  mutation CreateSampleClinic($passphrase: String!) {\n    createSampleClinic(passphrase: $passphrase) {\n      ...WorkstationParts\n    }\n  }\n": types.CreateSampleClinicDocument,
    "\n  mutation JoinClinic($invitation: String!, $staffName: String!, $passphrase: String!) {\n    joinClinic(invitation: $invitation, staffName: $staffName, passphrase: $passphrase) {\n      ...WorkstationParts\n    }\n  }\n": types.JoinClinicDocument,
    "\n  mutation RestoreBackup($folder: String!, $shares: [String!]!, $name: String!, $passphrase: String!) {\n    restoreBackup(folder: $folder, shares: $shares, name: $name, passphrase: $passphrase) {\n      ...WorkstationParts\n    }\n  }\n": types.RestoreBackupDocument,
    "\n  mutation Unlock($staff: ID!, $passphrase: String!) {\n    unlock(staff: $staff, passphrase: $passphrase) {\n      ...WorkstationParts\n    }\n  }\n": types.UnlockDocument,
    "\n  mutation Lock {\n    lock {\n      ...WorkstationParts\n    }\n  }\n": types.LockDocument,
    "\n  query PassphraseStrengthOf($passphrase: String!, $words: [String!]!) {\n    passphraseStrength(passphrase: $passphrase, words: $words) {\n      score\n      accepted\n      advice\n    }\n  }\n": types.PassphraseStrengthOfDocument,
    "\n  mutation ServeClinic($listen: String) {\n    serveClinic(listen: $listen) {\n      ...SyncParts\n    }\n  }\n": types.ServeClinicDocument,
    "\n  mutation FollowClinicHost($address: String) {\n    followClinicHost(address: $address) {\n      ...SyncParts\n    }\n  }\n": types.FollowClinicHostDocument,
    "\n  query WhoDecidesOnTheClinicHost {\n    workstation {\n      signedIn {\n        role\n      }\n    }\n  }\n": types.WhoDecidesOnTheClinicHostDocument,
    "\n  query RegionPolicy {\n    regionPolicy {\n      sequence\n      rules\n      newestRules\n      hubKey\n      offeredHubKey\n      witnesses {\n        id\n        isOutside\n        name\n        cosignKey\n        cosignedAt\n        isOwn\n      }\n      approvalsNeeded\n      isWitness\n      hasOffered\n      offers {\n        chain\n        name\n        cosignKey\n      }\n      proposals {\n        id\n        type\n        witnesses {\n          id\n          isOutside\n          name\n          cosignKey\n          cosignedAt\n          isOwn\n        }\n        rules\n        hubKey\n        approvedBy\n        isApprovedHere\n      }\n    }\n  }\n": types.RegionPolicyDocument,
    "\n  mutation OfferToWitness {\n    offerToWitness\n  }\n": types.OfferToWitnessDocument,
    "\n  mutation ProposeWitnesses($witnesses: [WitnessInput!]!) {\n    proposeWitnesses(witnesses: $witnesses)\n  }\n": types.ProposeWitnessesDocument,
    "\n  mutation ProposeHubKey {\n    proposeHubKey\n  }\n": types.ProposeHubKeyDocument,
    "\n  mutation ProposeRules {\n    proposeRules\n  }\n": types.ProposeRulesDocument,
    "\n  mutation ApprovePolicy($id: ID!) {\n    approvePolicy(id: $id)\n  }\n": types.ApprovePolicyDocument,
    "\n  query WhetherTraining {\n    workstation {\n      training\n    }\n  }\n": types.WhetherTrainingDocument,
    "\n  mutation JoinRegion($invitation: String!) {\n    joinRegion(invitation: $invitation) {\n      ...SyncParts\n    }\n  }\n": types.JoinRegionDocument,
    "\n  mutation SyncNow {\n    syncNow {\n      ...SyncParts\n    }\n  }\n": types.SyncNowDocument,
    "\n  query RegionMembers {\n    clinics {\n      chain\n      name\n      kind\n      own\n    }\n    devices {\n      id\n      kind\n      revoked\n      own\n      inUseTwice\n      copies {\n        epoch\n        blocks\n        state\n        here\n      }\n    }\n  }\n": types.RegionMembersDocument,
    "\n  query ClinicKeys {\n    clinicKeys {\n      ...ClinicKeyParts\n    }\n  }\n  fragment ClinicKeyParts on ClinicKeys {\n    signingKey\n    signingSince\n    encryptionKey\n    encryptionSince\n    rollsAt\n    earlier\n    keptDays\n    waiting {\n      who\n      type\n      at\n    }\n  }\n": types.ClinicKeysDocument,
    "\n  mutation DiscardWaitingActs {\n    discardWaitingActs\n  }\n": types.DiscardWaitingActsDocument,
    "\n  mutation RollClinicKeys($passphrase: String!) {\n    rollClinicKeys(passphrase: $passphrase) {\n      ...ClinicKeyParts\n    }\n  }\n": types.RollClinicKeysDocument,
    "\n  query AdmissionRequests {\n    admissionRequests {\n      chain\n      name\n      kind\n      fingerprint\n      receivedAt\n    }\n  }\n": types.AdmissionRequestsDocument,
    "\n  mutation ApproveAdmission($chain: ID!) {\n    approveAdmission(chain: $chain)\n  }\n": types.ApproveAdmissionDocument,
    "\n  mutation InviteDevice($kind: String!) {\n    inviteDevice(kind: $kind)\n  }\n": types.InviteDeviceDocument,
    "\n  query DeviceRequests {\n    deviceRequests {\n      device\n      kind\n      staffName\n      receivedAt\n    }\n  }\n": types.DeviceRequestsDocument,
    "\n  mutation AdmitDevice($device: ID!, $role: String!) {\n    admitDevice(device: $device, role: $role)\n  }\n": types.AdmitDeviceDocument,
    "\n  mutation RefuseDevice($device: ID!) {\n    refuseDevice(device: $device)\n  }\n": types.RefuseDeviceDocument,
    "\n  mutation RevokeDevice($device: ID!) {\n    revokeDevice(device: $device)\n  }\n": types.RevokeDeviceDocument,
    "\n  mutation RetireCopy($device: ID!, $epoch: ID!) {\n    retireCopy(device: $device, epoch: $epoch)\n  }\n": types.RetireCopyDocument,
    "\n  mutation LetCopyGoOn {\n    letCopyGoOn {\n      ...SyncParts\n    }\n  }\n": types.LetCopyGoOnDocument,
    "\n  mutation ExportBundle($folder: String!, $after: Float!, $clinic: ID) {\n    exportBundle(folder: $folder, after: $after, clinic: $clinic) {\n      path\n      bytes\n      from\n      size\n      pending\n      documents\n    }\n  }\n": types.ExportBundleDocument,
    "\n  mutation ImportBundle($path: String!) {\n    importBundle(path: $path) {\n      blocks\n      size\n      carried\n    }\n  }\n": types.ImportBundleDocument,
    "\n  fragment SyncParts on SyncState {\n    run\n    revision\n    connection\n    region {\n      id\n      name\n      address\n      hubKey\n    }\n    pendingEvents\n    pendingDocuments\n    replicaSize\n    hubSize\n    timeLeft\n    auditedSize\n    witnessedSize\n    witnessedAt\n    witnessesNeeded\n    witnesses\n    rulesNeeded\n    provedSize\n    splitViewDefence\n    lastContact\n    clockSkew\n    nextAttempt\n    problem {\n      code\n      details {\n        name\n        value\n      }\n      message\n      retry\n    }\n    witnessWaits\n    newEpoch {\n      why\n      at\n    }\n    inUseTwice\n    clinicHost {\n      role\n      listen\n      addresses\n      connected\n      lastContact\n      problem {\n        code\n        details {\n          name\n          value\n        }\n        message\n        retry\n      }\n    }\n  }\n": types.SyncPartsFragmentDoc,
    "\n  query SyncStateNow {\n    syncState {\n      ...SyncParts\n    }\n  }\n": types.SyncStateNowDocument,
    "\n  subscription SyncChanged {\n    syncChanged {\n      ...SyncParts\n      alarms {\n        ...EvidenceParts\n      }\n      diskCheck {\n        ...DiskParts\n      }\n    }\n  }\n": types.SyncChangedDocument,
    "\n  fragment TaskParts on Task {\n    id\n    revision\n    what\n    state\n    urgent\n    role\n    covered\n    mine\n    due\n    overdue\n    asked\n    askedBy\n    about\n    by\n    at\n    reason\n    owner {\n      id\n      name\n    }\n    handed {\n      by\n      at\n      words\n    }\n    patient {\n      id\n      name\n      birthDate\n    }\n  }\n": types.TaskPartsFragmentDoc,
    "\n  query TasksOf($whose: TaskScope!) {\n    tasks(whose: $whose) {\n      ...TaskParts\n    }\n  }\n": types.TasksOfDocument,
    "\n  query PatientTasks($patient: ID!) {\n    patientTasks(patient: $patient) {\n      ...TaskParts\n    }\n  }\n": types.PatientTasksDocument,
    "\n  query TaskStaff {\n    staffMembers {\n      id\n      name\n      role\n      revoked\n    }\n  }\n": types.TaskStaffDocument,
    "\n  mutation AddTask($input: AddTaskInput!) {\n    addTask(input: $input) {\n      ...TaskParts\n    }\n  }\n": types.AddTaskDocument,
    "\n  mutation EndTask($task: ID!, $revision: String!, $end: TaskEnd!, $reason: String) {\n    endTask(task: $task, revision: $revision, end: $end, reason: $reason) {\n      ...TaskParts\n    }\n  }\n": types.EndTaskDocument,
    "\n  mutation HandTask($task: ID!, $revision: String!, $owner: ID, $role: String, $reason: String) {\n    handTask(task: $task, revision: $revision, owner: $owner, role: $role, reason: $reason) {\n      ...TaskParts\n    }\n  }\n": types.HandTaskDocument,
    "\n  mutation ReopenTask($task: ID!, $revision: String!) {\n    reopenTask(task: $task, revision: $revision) {\n      ...TaskParts\n    }\n  }\n": types.ReopenTaskDocument,
    "\n  query TeleConsentOf($patient: ID!) {\n    teleConsent(patient: $patient) {\n      patient\n      given\n      way\n      at\n      by\n      holds\n    }\n  }\n": types.TeleConsentOfDocument,
    "\n  mutation RecordTeleConsent($patient: ID!, $given: Boolean!, $way: ConsentWay!) {\n    recordTeleConsent(patient: $patient, given: $given, way: $way) {\n      patient\n      given\n      way\n      at\n      by\n      holds\n    }\n  }\n": types.RecordTeleConsentDocument,
    "\n  mutation OpenCall($patient: ID!) {\n    openCall(patient: $patient) {\n      id\n      link\n      kiosk\n      expires\n      ice {\n        urls\n        username\n        credential\n      }\n    }\n  }\n": types.OpenCallDocument,
    "\n  mutation HearCall($patient: ID!, $call: ID!) {\n    hearCall(patient: $patient, call: $call) {\n      joined\n      signals {\n        kind\n        from\n        offer\n        sdp\n      }\n    }\n  }\n": types.HearCallDocument,
    "\n  mutation OfferCall($patient: ID!, $call: ID!, $to: String!, $sdp: String!) {\n    offerCall(patient: $patient, call: $call, to: $to, sdp: $sdp)\n  }\n": types.OfferCallDocument,
    "\n  mutation CloseCall($patient: ID!, $call: ID!) {\n    closeCall(patient: $patient, call: $call)\n  }\n": types.CloseCallDocument,
    "\n  query CallStaff {\n    me {\n      id\n      name\n    }\n  }\n": types.CallStaffDocument,
    "\n  fragment ConsultFacts on Consult {\n    id\n    clinic\n    at\n    complete\n    patientName\n    birthDate\n    question\n    askedBy\n    filed\n    parts {\n      section\n      title\n      date\n      value\n    }\n    pictures {\n      name\n      type\n    }\n    answer {\n      text\n      by\n      at\n    }\n  }\n": types.ConsultFactsFragmentDoc,
    "\n  query ConsultsOf($patient: ID!) {\n    consultsOf(patient: $patient) {\n      ...ConsultFacts\n    }\n  }\n": types.ConsultsOfDocument,
    "\n  query ConsultsReceived {\n    consultsReceived {\n      ...ConsultFacts\n    }\n  }\n": types.ConsultsReceivedDocument,
    "\n  query ConsultPicture($consult: ID!, $index: Int!) {\n    consultPicture(consult: $consult, index: $index)\n  }\n": types.ConsultPictureDocument,
    "\n  mutation AskConsult($input: AskConsultInput!, $passphrase: String!) {\n    askConsult(input: $input, passphrase: $passphrase) {\n      ...ConsultFacts\n    }\n  }\n": types.AskConsultDocument,
    "\n  mutation AnswerConsult($consult: ID!, $answer: String!, $passphrase: String!) {\n    answerConsult(consult: $consult, answer: $answer, passphrase: $passphrase) {\n      ...ConsultFacts\n    }\n  }\n": types.AnswerConsultDocument,
    "\n  mutation FileConsult($patient: ID!, $consult: ID!) {\n    fileConsult(patient: $patient, consult: $consult) {\n      ...ConsultFacts\n    }\n  }\n": types.FileConsultDocument,
    "\n  query ConsultClinics {\n    clinics {\n      chain\n      name\n      own\n    }\n  }\n": types.ConsultClinicsDocument,
    "\n  query CasePacks($patient: ID!) {\n    casePacks(patient: $patient) {\n      link\n      recipient\n      at\n      expires\n      by\n      state\n      openedAt\n      openedBy\n    }\n  }\n": types.CasePacksDocument,
    "\n  mutation MakeCasePack($input: CasePackInput!, $passphrase: String!) {\n    makeCasePack(input: $input, passphrase: $passphrase) {\n      url\n      code\n    }\n  }\n": types.MakeCasePackDocument,
    "\n  mutation EndCasePack($patient: ID!, $link: ID!) {\n    endCasePack(patient: $patient, link: $link)\n  }\n": types.EndCasePackDocument,
    "\n  fragment NoteParts on TeleNote {\n    id\n    patient\n    version\n    participants\n    modality\n    place\n    consentToTreatment\n    assessment\n    plan\n    startedAt\n    signedBy\n    signedAt\n    amendmentReason\n    text\n    progress\n  }\n": types.NotePartsFragmentDoc,
    "\n  query NotesOf($patient: ID!) {\n    teleNotes(patient: $patient) {\n      ...NoteParts\n    }\n  }\n": types.NotesOfDocument,
    "\n  query NoteText($input: TeleNoteInput!) {\n    teleNoteText(input: $input)\n  }\n": types.NoteTextDocument,
    "\n  mutation SignNote($input: TeleNoteInput!, $passphrase: String!) {\n    signTeleNote(input: $input, passphrase: $passphrase) {\n      ...NoteParts\n    }\n  }\n": types.SignNoteDocument,
    "\n  query NameOf($patient: ID!) {\n    patient(id: $patient) {\n      id\n      name\n      shared\n    }\n  }\n": types.NameOfDocument,
    "\n  fragment TrainingParts on Training {\n    beganAt\n    points\n    mostPoints\n    patient {\n      ...TrainingPersonParts\n    }\n    namesake {\n      ...TrainingPersonParts\n    }\n    emergency {\n      ...TrainingPersonParts\n    }\n    watched {\n      ...TrainingPersonParts\n    }\n    tasks {\n      ...TrainingTaskParts\n    }\n  }\n": types.TrainingPartsFragmentDoc,
    "\n  fragment TrainingPersonParts on TrainingPerson {\n    id\n    name\n    birthDate\n    number\n  }\n": types.TrainingPersonPartsFragmentDoc,
    "\n  fragment TrainingTaskParts on TrainingJudgement {\n    task\n    doneAt\n    mistakes\n    points\n  }\n": types.TrainingTaskPartsFragmentDoc,
    "\n  query TrainingNow {\n    training {\n      ...TrainingParts\n    }\n  }\n": types.TrainingNowDocument,
    "\n  mutation BeginTraining {\n    beginTraining {\n      ...TrainingParts\n    }\n  }\n": types.BeginTrainingDocument,
    "\n  mutation SignTrainingRecord($name: String!, $passphrase: String!) {\n    signTrainingRecord(name: $name, passphrase: $passphrase) {\n      fileName\n      json\n    }\n  }\n": types.SignTrainingRecordDocument,
    "\n  query TrainingRecords {\n    trainingRecords {\n      id\n      name\n      trainingClinic\n      signedAt\n      points\n      mostPoints\n      keptBy\n      keptAt\n      tasks {\n        ...TrainingTaskParts\n      }\n    }\n  }\n": types.TrainingRecordsDocument,
    "\n  mutation KeepTrainingRecord($file: String!, $passphrase: String!) {\n    keepTrainingRecord(file: $file, passphrase: $passphrase) {\n      id\n    }\n  }\n": types.KeepTrainingRecordDocument,
    "\n  mutation DemonstrateTampering($how: Tampering!) {\n    demonstrateTampering(how: $how) {\n      acts\n      documents\n      faults\n      milliseconds\n    }\n  }\n": types.DemonstrateTamperingDocument,
    "\n  subscription Changed {\n    changed {\n      patients\n      records\n      topics\n    }\n  }\n": types.ChangedDocument,
    "\n  fragment VisitParts on Visit {\n    id\n    revision\n    kind\n    urgent\n    stage\n    reason\n    start\n    end\n    arrivedAt\n    since\n    room\n    steps\n    undoable\n    replannable\n    movable\n    contested\n    clinician {\n      id\n      name\n    }\n    patient {\n      id\n      name\n      birthDate\n      deceased\n    }\n  }\n": types.VisitPartsFragmentDoc,
    "\n  query VisitsOfDay($day: String!) {\n    visits(day: $day) {\n      ...VisitParts\n    }\n  }\n": types.VisitsOfDayDocument,
    "\n  query WarningsOfDay($day: String!) {\n    visitWarnings(day: $day) {\n      visit\n      warnings\n    }\n  }\n": types.WarningsOfDayDocument,
    "\n  query VisitHistory($visit: ID!) {\n    visitHistory(visit: $visit) {\n      stage\n      by\n      at\n      back\n      planned\n    }\n  }\n": types.VisitHistoryDocument,
    "\n  query VisitStaff {\n    me {\n      id\n    }\n    staffMembers {\n      id\n      name\n      role\n      revoked\n    }\n  }\n": types.VisitStaffDocument,
    "\n  mutation AddVisit($input: AddVisitInput!, $evenSo: Boolean!) {\n    addVisit(input: $input, evenSo: $evenSo) {\n      visit {\n        ...VisitParts\n      }\n      overlaps {\n        ...VisitParts\n      }\n    }\n  }\n": types.AddVisitDocument,
    "\n  mutation ReplanVisit($visit: ID!, $revision: String!, $input: ReplanVisitInput!, $evenSo: Boolean!) {\n    replanVisit(visit: $visit, revision: $revision, input: $input, evenSo: $evenSo) {\n      visit {\n        ...VisitParts\n      }\n      overlaps {\n        ...VisitParts\n      }\n    }\n  }\n": types.ReplanVisitDocument,
    "\n  mutation MoveVisit($visit: ID!, $revision: String!, $step: VisitStep!, $room: String) {\n    moveVisit(visit: $visit, revision: $revision, step: $step, room: $room) {\n      ...VisitParts\n    }\n  }\n": types.MoveVisitDocument,
    "\n  mutation UndoVisitStep($visit: ID!, $revision: String!) {\n    undoVisitStep(visit: $visit, revision: $revision) {\n      ...VisitParts\n    }\n  }\n": types.UndoVisitStepDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PickedPatients($search: String) {\n    patients(search: $search, first: 20) {\n      edges {\n        node {\n          id\n          name\n          birthDate\n          deceased\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query PickedPatients($search: String) {\n    patients(search: $search, first: 20) {\n      edges {\n        node {\n          id\n          name\n          birthDate\n          deceased\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PrinterNow {\n    workstation {\n      clinic {\n        name\n      }\n      signedIn {\n        name\n      }\n    }\n  }\n"): (typeof documents)["\n  query PrinterNow {\n    workstation {\n      clinic {\n        name\n      }\n      signedIn {\n        name\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PrintedPatient($patient: ID!) {\n    patient(id: $patient) {\n      id\n      name\n      birthDate\n      gender\n      city\n      shared\n      identifiers {\n        type\n        value\n      }\n    }\n  }\n"): (typeof documents)["\n  query PrintedPatient($patient: ID!) {\n    patient(id: $patient) {\n      id\n      name\n      birthDate\n      gender\n      city\n      shared\n      identifiers {\n        type\n        value\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AccessVisits($patient: ID!, $filter: AccessFilter, $first: Int = 50, $after: String) {\n    accessVisits(patient: $patient, filter: $filter, first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          who\n          role\n          clinic\n          own\n          byProgram\n          process\n          recipient\n          brokeGlass\n          purpose\n          actions\n          categories\n          first\n          last\n          lines {\n            id\n            action\n            categories\n            detail\n            at\n            device\n            sequence\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      totalCount\n      people {\n        id\n        name\n        visits\n      }\n      clinics {\n        id\n        name\n        visits\n      }\n      purposes {\n        id\n        visits\n      }\n    }\n  }\n"): (typeof documents)["\n  query AccessVisits($patient: ID!, $filter: AccessFilter, $first: Int = 50, $after: String) {\n    accessVisits(patient: $patient, filter: $filter, first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          who\n          role\n          clinic\n          own\n          byProgram\n          process\n          recipient\n          brokeGlass\n          purpose\n          actions\n          categories\n          first\n          last\n          lines {\n            id\n            action\n            categories\n            detail\n            at\n            device\n            sequence\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      totalCount\n      people {\n        id\n        name\n        visits\n      }\n      clinics {\n        id\n        name\n        visits\n      }\n      purposes {\n        id\n        visits\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AccessCompleteness($patient: ID!) {\n    accessCompleteness(patient: $patient) {\n      device\n      clinic\n      own\n      everyLine\n      lines\n      anchored\n      waiting\n      missing {\n        from\n        to\n      }\n      altered\n      complete\n    }\n  }\n"): (typeof documents)["\n  query AccessCompleteness($patient: ID!) {\n    accessCompleteness(patient: $patient) {\n      device\n      clinic\n      own\n      everyLine\n      lines\n      anchored\n      waiting\n      missing {\n        from\n        to\n      }\n      altered\n      complete\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ExportAccessLog($patient: ID!, $format: AccessExportFormat!, $filter: AccessFilter) {\n    exportAccessLog(patient: $patient, format: $format, filter: $filter) {\n      fileName\n      text\n    }\n  }\n"): (typeof documents)["\n  mutation ExportAccessLog($patient: ID!, $format: AccessExportFormat!, $filter: AccessFilter) {\n    exportAccessLog(patient: $patient, format: $format, filter: $filter) {\n      fileName\n      text\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WhoIsHere {\n    workstation {\n      signedIn {\n        id\n        role\n      }\n    }\n  }\n"): (typeof documents)["\n  query WhoIsHere {\n    workstation {\n      signedIn {\n        id\n        role\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AccessReceipt($patient: ID!, $lines: [ID!]) {\n    accessReceipt(patient: $patient, lines: $lines) {\n      fileName\n      json\n      lines\n      waiting\n    }\n  }\n"): (typeof documents)["\n  query AccessReceipt($patient: ID!, $lines: [ID!]) {\n    accessReceipt(patient: $patient, lines: $lines) {\n      fileName\n      json\n      lines\n      waiting\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ComplaintsOf($patient: ID!) {\n    complaintsOf(patient: $patient) {\n      id\n      line {\n        id\n      }\n      words\n      by\n      openedAt\n      answer {\n        words\n        by\n        at\n      }\n    }\n  }\n"): (typeof documents)["\n  query ComplaintsOf($patient: ID!) {\n    complaintsOf(patient: $patient) {\n      id\n      line {\n        id\n      }\n      words\n      by\n      openedAt\n      answer {\n        words\n        by\n        at\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AccessComplaints {\n    accessComplaints {\n      id\n      about\n      patient\n      patientName\n      record {\n        section\n        date\n      }\n      line {\n        id\n        who\n        role\n        clinic\n        action\n        purpose\n        at\n        detail\n      }\n      words\n      by\n      openedAt\n      dueAt\n      overdue\n      answer {\n        words\n        by\n        at\n      }\n      isAsAnchored\n    }\n  }\n"): (typeof documents)["\n  query AccessComplaints {\n    accessComplaints {\n      id\n      about\n      patient\n      patientName\n      record {\n        section\n        date\n      }\n      line {\n        id\n        who\n        role\n        clinic\n        action\n        purpose\n        at\n        detail\n      }\n      words\n      by\n      openedAt\n      dueAt\n      overdue\n      answer {\n        words\n        by\n        at\n      }\n      isAsAnchored\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminChanges {\n    adminChanges {\n      id\n      what\n      subject\n      before\n      after\n      author\n      clinic\n      own\n      at\n      position\n    }\n    staffMembers {\n      id\n      name\n    }\n  }\n"): (typeof documents)["\n  query AdminChanges {\n    adminChanges {\n      id\n      what\n      subject\n      before\n      after\n      author\n      clinic\n      own\n      at\n      position\n    }\n    staffMembers {\n      id\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ComplainOfAccess($patient: ID!, $line: ID!, $words: String!) {\n    complainOfAccess(patient: $patient, line: $line, words: $words) {\n      id\n    }\n  }\n"): (typeof documents)["\n  mutation ComplainOfAccess($patient: ID!, $line: ID!, $words: String!) {\n    complainOfAccess(patient: $patient, line: $line, words: $words) {\n      id\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AnswerComplaint($id: ID!, $words: String!) {\n    answerComplaint(id: $id, words: $words) {\n      id\n      answer {\n        words\n        by\n        at\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation AnswerComplaint($id: ID!, $words: String!) {\n    answerComplaint(id: $id, words: $words) {\n      id\n      answer {\n        words\n        by\n        at\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment BackupParts on BackupState {\n    backups {\n      id\n      state\n      made\n      expires\n      folder\n      bytes\n      checkedAt\n      documents\n      keys\n      recoverable\n      problem {\n        code\n        details {\n          name\n          value\n        }\n        message\n      }\n    }\n    schedule {\n      folder\n      everyHours\n    }\n    nextDue\n    scheduleProblem {\n      code\n      details {\n        name\n        value\n      }\n      message\n    }\n    progress {\n      step\n      done\n      total\n    }\n    recovery {\n      holders\n      threshold\n      made\n    }\n    lastDrill {\n      at\n      seconds\n    }\n  }\n"): (typeof documents)["\n  fragment BackupParts on BackupState {\n    backups {\n      id\n      state\n      made\n      expires\n      folder\n      bytes\n      checkedAt\n      documents\n      keys\n      recoverable\n      problem {\n        code\n        details {\n          name\n          value\n        }\n        message\n      }\n    }\n    schedule {\n      folder\n      everyHours\n    }\n    nextDue\n    scheduleProblem {\n      code\n      details {\n        name\n        value\n      }\n      message\n    }\n    progress {\n      step\n      done\n      total\n    }\n    recovery {\n      holders\n      threshold\n      made\n    }\n    lastDrill {\n      at\n      seconds\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query BackupsNow {\n    backups {\n      ...BackupParts\n    }\n  }\n"): (typeof documents)["\n  query BackupsNow {\n    backups {\n      ...BackupParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription BackupsChanged {\n    backupsChanged {\n      ...BackupParts\n    }\n  }\n"): (typeof documents)["\n  subscription BackupsChanged {\n    backupsChanged {\n      ...BackupParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation MakeBackup($folder: String!) {\n    makeBackup(folder: $folder) {\n      ...BackupParts\n    }\n  }\n"): (typeof documents)["\n  mutation MakeBackup($folder: String!) {\n    makeBackup(folder: $folder) {\n      ...BackupParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ScheduleBackups($folder: String, $everyHours: Int) {\n    scheduleBackups(folder: $folder, everyHours: $everyHours) {\n      ...BackupParts\n    }\n  }\n"): (typeof documents)["\n  mutation ScheduleBackups($folder: String, $everyHours: Int) {\n    scheduleBackups(folder: $folder, everyHours: $everyHours) {\n      ...BackupParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation MakeRecoverySheets($holders: [String!]!, $threshold: Int!, $passphrase: String!) {\n    makeRecoverySheets(holders: $holders, threshold: $threshold, passphrase: $passphrase) {\n      holder\n      index\n      text\n      lines\n    }\n  }\n"): (typeof documents)["\n  mutation MakeRecoverySheets($holders: [String!]!, $threshold: Int!, $passphrase: String!) {\n    makeRecoverySheets(holders: $holders, threshold: $threshold, passphrase: $passphrase) {\n      holder\n      index\n      text\n      lines\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RunDrill($passphrase: String!) {\n    runDrill(passphrase: $passphrase)\n  }\n"): (typeof documents)["\n  mutation RunDrill($passphrase: String!) {\n    runDrill(passphrase: $passphrase)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CareCardOf($patient: ID!) {\n    careCard(patient: $patient) {\n      id\n      issuedAt\n      opensInRegion\n      hasEmergency\n      triesLeft\n      progress\n    }\n    patient(id: $patient) {\n      id\n      shared\n      deceased\n    }\n  }\n"): (typeof documents)["\n  query CareCardOf($patient: ID!) {\n    careCard(patient: $patient) {\n      id\n      issuedAt\n      opensInRegion\n      hasEmergency\n      triesLeft\n      progress\n    }\n    patient(id: $patient) {\n      id\n      shared\n      deceased\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation IssueCareCard($patient: ID!, $pin: String!, $passphrase: String!, $emergency: Boolean!) {\n    issueCareCard(patient: $patient, pin: $pin, passphrase: $passphrase, emergency: $emergency) {\n      qr\n      groups\n      patientName\n      clinicName\n      card {\n        id\n        issuedAt\n        opensInRegion\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation IssueCareCard($patient: ID!, $pin: String!, $passphrase: String!, $emergency: Boolean!) {\n    issueCareCard(patient: $patient, pin: $pin, passphrase: $passphrase, emergency: $emergency) {\n      qr\n      groups\n      patientName\n      clinicName\n      card {\n        id\n        issuedAt\n        opensInRegion\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EndCareCard($patient: ID!, $passphrase: String!) {\n    endCareCard(patient: $patient, passphrase: $passphrase)\n  }\n"): (typeof documents)["\n  mutation EndCareCard($patient: ID!, $passphrase: String!) {\n    endCareCard(patient: $patient, passphrase: $passphrase)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ShowCareCard($card: ShownCard!) {\n    showCareCard(card: $card) {\n      card\n      name\n      birthDate\n      clinicName\n      categories\n    }\n  }\n"): (typeof documents)["\n  mutation ShowCareCard($card: ShownCard!) {\n    showCareCard(card: $card) {\n      card\n      name\n      birthDate\n      clinicName\n      categories\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CardShareText($share: CardShareInput!) {\n    cardShareText(share: $share) {\n      text\n      hash\n    }\n  }\n"): (typeof documents)["\n  query CardShareText($share: CardShareInput!) {\n    cardShareText(share: $share) {\n      text\n      hash\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ShareByCard($share: CardShareInput!, $textHash: String!, $card: ShownCard!, $passphrase: String!) {\n    shareByCard(share: $share, textHash: $textHash, card: $card, passphrase: $passphrase)\n  }\n"): (typeof documents)["\n  mutation ShareByCard($share: CardShareInput!, $textHash: String!, $card: ShownCard!, $passphrase: String!) {\n    shareByCard(share: $share, textHash: $textHash, card: $card, passphrase: $passphrase)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation OpenCardEmergency($code: String!) {\n    openCardEmergency(code: $code) {\n      name\n      birthDate\n      sections {\n        name\n        lines {\n          text\n          date\n          disagreements\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation OpenCardEmergency($code: String!) {\n    openCardEmergency(code: $code) {\n      name\n      birthDate\n      sections {\n        name\n        lines {\n          text\n          date\n          disagreements\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CardDesk {\n    workstation {\n      signedIn {\n        role\n      }\n    }\n  }\n"): (typeof documents)["\n  query CardDesk {\n    workstation {\n      signedIn {\n        role\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GuardiansOf($patient: ID!) {\n    guardians(patient: $patient) {\n      ...GuardianParts\n    }\n    wards(patient: $patient) {\n      ...GuardianParts\n    }\n    guardianAges {\n      majority\n      privateFrom\n    }\n    patient(id: $patient) {\n      id\n      deceased\n    }\n  }\n  fragment GuardianParts on Guardian {\n    patient\n    patientName\n    guardian\n    guardianName\n    relationship\n    state\n    mayConsent\n    mayComplain\n    starts\n    ends\n    endedAt\n    signedByPatient\n    evidence\n    text\n  }\n"): (typeof documents)["\n  query GuardiansOf($patient: ID!) {\n    guardians(patient: $patient) {\n      ...GuardianParts\n    }\n    wards(patient: $patient) {\n      ...GuardianParts\n    }\n    guardianAges {\n      majority\n      privateFrom\n    }\n    patient(id: $patient) {\n      id\n      deceased\n    }\n  }\n  fragment GuardianParts on Guardian {\n    patient\n    patientName\n    guardian\n    guardianName\n    relationship\n    state\n    mayConsent\n    mayComplain\n    starts\n    ends\n    endedAt\n    signedByPatient\n    evidence\n    text\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GuardianText($input: GuardianInput!) {\n    guardianText(input: $input) {\n      text\n      hash\n      ends\n      needsCard\n      isChild\n    }\n  }\n"): (typeof documents)["\n  query GuardianText($input: GuardianInput!) {\n    guardianText(input: $input) {\n      text\n      hash\n      ends\n      needsCard\n      isChild\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation NameGuardian($input: GuardianInput!, $textHash: ID!, $passphrase: String!, $card: ShownCard) {\n    nameGuardian(input: $input, textHash: $textHash, passphrase: $passphrase, card: $card) {\n      guardian\n    }\n  }\n"): (typeof documents)["\n  mutation NameGuardian($input: GuardianInput!, $textHash: ID!, $passphrase: String!, $card: ShownCard) {\n    nameGuardian(input: $input, textHash: $textHash, passphrase: $passphrase, card: $card) {\n      guardian\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EndGuardian($patient: ID!, $guardian: ID!, $passphrase: String!) {\n    endGuardian(patient: $patient, guardian: $guardian, passphrase: $passphrase) {\n      guardian\n    }\n  }\n"): (typeof documents)["\n  mutation EndGuardian($patient: ID!, $guardian: ID!, $passphrase: String!) {\n    endGuardian(patient: $patient, guardian: $guardian, passphrase: $passphrase) {\n      guardian\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetGuardianAges($majority: Int!, $privateFrom: Int!, $passphrase: String!) {\n    setGuardianAges(majority: $majority, privateFrom: $privateFrom, passphrase: $passphrase) {\n      majority\n      privateFrom\n    }\n  }\n"): (typeof documents)["\n  mutation SetGuardianAges($majority: Int!, $privateFrom: Int!, $passphrase: String!) {\n    setGuardianAges(majority: $majority, privateFrom: $privateFrom, passphrase: $passphrase) {\n      majority\n      privateFrom\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PalettePatients($search: String!) {\n    patients(search: $search, first: 6) {\n      edges {\n        cursor\n        node {\n          id\n          name\n          birthDate\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query PalettePatients($search: String!) {\n    patients(search: $search, first: 6) {\n      edges {\n        cursor\n        node {\n          id\n          name\n          birthDate\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CardNews {\n    cardNews {\n      id\n      patient\n      patientName\n      clinicName\n      change\n      at\n    }\n  }\n"): (typeof documents)["\n  query CardNews {\n    cardNews {\n      id\n      patient\n      patientName\n      clinicName\n      change\n      at\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation NoteCardNews($id: ID!) {\n    noteCardNews(id: $id)\n  }\n"): (typeof documents)["\n  mutation NoteCardNews($id: ID!) {\n    noteCardNews(id: $id)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ConsentParts on Consent {\n    id\n    patient\n    recipient\n    recipientName\n    categories\n    exceptions {\n      kind\n      value\n      name\n    }\n    purpose\n    starts\n    ends\n    state\n    verification\n    language\n    text\n    recordedBy\n    recordedAt\n    confirmedAt\n    withdrawnAt\n    purges {\n      at\n    }\n    recipientDesks\n    progress\n    resource\n  }\n"): (typeof documents)["\n  fragment ConsentParts on Consent {\n    id\n    patient\n    recipient\n    recipientName\n    categories\n    exceptions {\n      kind\n      value\n      name\n    }\n    purpose\n    starts\n    ends\n    state\n    verification\n    language\n    text\n    recordedBy\n    recordedAt\n    confirmedAt\n    withdrawnAt\n    purges {\n      at\n    }\n    recipientDesks\n    progress\n    resource\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConsentsOf($patient: ID!) {\n    consents(patient: $patient) {\n      ...ConsentParts\n    }\n  }\n"): (typeof documents)["\n  query ConsentsOf($patient: ID!) {\n    consents(patient: $patient) {\n      ...ConsentParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Recipients {\n    clinics {\n      chain\n      name\n      kind\n      own\n    }\n  }\n"): (typeof documents)["\n  query Recipients {\n    clinics {\n      chain\n      name\n      kind\n      own\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConsentExceptions($patient: ID!) {\n    consentExceptions(patient: $patient) {\n      kind\n      value\n      name\n    }\n  }\n"): (typeof documents)["\n  query ConsentExceptions($patient: ID!) {\n    consentExceptions(patient: $patient) {\n      kind\n      value\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConsentTextOf($input: ConsentInput!) {\n    consentText(input: $input) {\n      language\n      text\n      hash\n      needsCard\n    }\n  }\n"): (typeof documents)["\n  query ConsentTextOf($input: ConsentInput!) {\n    consentText(input: $input) {\n      language\n      text\n      hash\n      needsCard\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation GiveConsent($input: ConsentInput!, $textHash: String!, $passphrase: String!, $card: ShownCard) {\n    giveConsent(input: $input, textHash: $textHash, passphrase: $passphrase, card: $card) {\n      ...ConsentParts\n    }\n  }\n"): (typeof documents)["\n  mutation GiveConsent($input: ConsentInput!, $textHash: String!, $passphrase: String!, $card: ShownCard) {\n    giveConsent(input: $input, textHash: $textHash, passphrase: $passphrase, card: $card) {\n      ...ConsentParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation WithdrawConsent($id: ID!, $passphrase: String!) {\n    withdrawConsent(id: $id, passphrase: $passphrase) {\n      ...ConsentParts\n    }\n  }\n"): (typeof documents)["\n  mutation WithdrawConsent($id: ID!, $passphrase: String!) {\n    withdrawConsent(id: $id, passphrase: $passphrase) {\n      ...ConsentParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WhoCouldOpen($patient: ID!) {\n    whoCouldOpen(patient: $patient) {\n      clinicName\n      own\n      name\n      role\n      count\n      opens {\n        purpose\n        categories\n        reason\n        partial\n      }\n    }\n  }\n"): (typeof documents)["\n  query WhoCouldOpen($patient: ID!) {\n    whoCouldOpen(patient: $patient) {\n      clinicName\n      own\n      name\n      role\n      count\n      opens {\n        purpose\n        categories\n        reason\n        partial\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RestrictionParts on Restriction {\n    id\n    people\n    roles\n    categories\n    labels\n    verification\n    recordedBy\n    recordedAt\n    liftedAt\n    progress\n  }\n"): (typeof documents)["\n  fragment RestrictionParts on Restriction {\n    id\n    people\n    roles\n    categories\n    labels\n    verification\n    recordedBy\n    recordedAt\n    liftedAt\n    progress\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RestrictionsOf($patient: ID!) {\n    restrictions(patient: $patient) {\n      ...RestrictionParts\n    }\n  }\n"): (typeof documents)["\n  query RestrictionsOf($patient: ID!) {\n    restrictions(patient: $patient) {\n      ...RestrictionParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Restrict($input: RestrictionInput!, $passphrase: String!) {\n    restrict(input: $input, passphrase: $passphrase) {\n      ...RestrictionParts\n    }\n  }\n"): (typeof documents)["\n  mutation Restrict($input: RestrictionInput!, $passphrase: String!) {\n    restrict(input: $input, passphrase: $passphrase) {\n      ...RestrictionParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation LiftRestriction($patient: ID!, $id: ID!, $passphrase: String!) {\n    liftRestriction(patient: $patient, id: $id, passphrase: $passphrase) {\n      ...RestrictionParts\n    }\n  }\n"): (typeof documents)["\n  mutation LiftRestriction($patient: ID!, $id: ID!, $passphrase: String!) {\n    liftRestriction(patient: $patient, id: $id, passphrase: $passphrase) {\n      ...RestrictionParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Colleagues {\n    staffMembers {\n      id\n      name\n      revoked\n    }\n  }\n"): (typeof documents)["\n  query Colleagues {\n    staffMembers {\n      id\n      name\n      revoked\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConsentProofOf($patient: ID!, $id: ID!) {\n    consentProof(patient: $patient, id: $id)\n  }\n"): (typeof documents)["\n  query ConsentProofOf($patient: ID!, $id: ID!) {\n    consentProof(patient: $patient, id: $id)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ForeignConsents($patient: ID!) {\n    foreignConsents(patient: $patient) {\n      record\n      title\n      date\n      active\n      permitsOtherwise\n      notEnforced\n      fault\n      rules {\n        depth\n        permits\n        readers\n        purposes\n        categories\n        labels\n        starts\n        ends\n        emergencyOnly\n        alsoNames\n      }\n    }\n  }\n"): (typeof documents)["\n  query ForeignConsents($patient: ID!) {\n    foreignConsents(patient: $patient) {\n      record\n      title\n      date\n      active\n      permitsOtherwise\n      notEnforced\n      fault\n      rules {\n        depth\n        permits\n        readers\n        purposes\n        categories\n        labels\n        starts\n        ends\n        emergencyOnly\n        alsoNames\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query BrokenGlass($patient: ID!) {\n    brokenGlass(patient: $patient) {\n      use\n      ends\n      askedOf\n      isAnswered\n    }\n  }\n"): (typeof documents)["\n  query BrokenGlass($patient: ID!) {\n    brokenGlass(patient: $patient) {\n      use\n      ends\n      askedOf\n      isAnswered\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation BreakGlass($input: BreakGlassInput!) {\n    breakGlass(input: $input) {\n      use\n      ends\n    }\n  }\n"): (typeof documents)["\n  mutation BreakGlass($input: BreakGlassInput!) {\n    breakGlass(input: $input) {\n      use\n      ends\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EndGlass($patient: ID!) {\n    endGlass(patient: $patient)\n  }\n"): (typeof documents)["\n  mutation EndGlass($patient: ID!) {\n    endGlass(patient: $patient)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment GlassUseParts on GlassUse {\n    use\n    patient\n    patientName\n    who\n    role\n    clinic\n    isOwn\n    reason\n    words\n    proof\n    began\n    ends\n    categories\n    isOverdue\n    toldAt\n    review {\n      verdict\n      by\n      at\n      words\n    }\n  }\n"): (typeof documents)["\n  fragment GlassUseParts on GlassUse {\n    use\n    patient\n    patientName\n    who\n    role\n    clinic\n    isOwn\n    reason\n    words\n    proof\n    began\n    ends\n    categories\n    isOverdue\n    toldAt\n    review {\n      verdict\n      by\n      at\n      words\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GlassUses {\n    glassUses {\n      ...GlassUseParts\n    }\n  }\n"): (typeof documents)["\n  query GlassUses {\n    glassUses {\n      ...GlassUseParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReviewGlass($use: ID!, $verdict: GlassVerdict!, $words: String!) {\n    reviewGlass(use: $use, verdict: $verdict, words: $words) {\n      ...GlassUseParts\n    }\n  }\n"): (typeof documents)["\n  mutation ReviewGlass($use: ID!, $verdict: GlassVerdict!, $words: String!) {\n    reviewGlass(use: $use, verdict: $verdict, words: $words) {\n      ...GlassUseParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation NoteGlassTold($use: ID!) {\n    noteGlassTold(use: $use) {\n      ...GlassUseParts\n    }\n  }\n"): (typeof documents)["\n  mutation NoteGlassTold($use: ID!) {\n    noteGlassTold(use: $use) {\n      ...GlassUseParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CoverParts on Cover {\n    id\n    from\n    until\n    state\n    byMe\n    endable\n    covered {\n      id\n      name\n    }\n    covering {\n      id\n      name\n    }\n  }\n"): (typeof documents)["\n  fragment CoverParts on Cover {\n    id\n    from\n    until\n    state\n    byMe\n    endable\n    covered {\n      id\n      name\n    }\n    covering {\n      id\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Covers($past: Boolean!) {\n    covers(past: $past) {\n      ...CoverParts\n    }\n  }\n"): (typeof documents)["\n  query Covers($past: Boolean!) {\n    covers(past: $past) {\n      ...CoverParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation NameCover($input: CoverInput!) {\n    nameCover(input: $input) {\n      ...CoverParts\n    }\n  }\n"): (typeof documents)["\n  mutation NameCover($input: CoverInput!) {\n    nameCover(input: $input) {\n      ...CoverParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation WithdrawCover($cover: ID!) {\n    withdrawCover(cover: $cover) {\n      ...CoverParts\n    }\n  }\n"): (typeof documents)["\n  mutation WithdrawCover($cover: ID!) {\n    withdrawCover(cover: $cover) {\n      ...CoverParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ErasurePlan($patient: ID!) {\n    erasurePlan(patient: $patient) {\n      patient\n      name\n      compartments {\n        handle\n        category\n        documents\n      }\n      clinics\n      desks\n      retained {\n        ground\n        article\n        basis\n        until\n      }\n      retentionSet\n    }\n    holds(patient: $patient) {\n      ...HoldParts\n    }\n  }\n\n  fragment HoldParts on Hold {\n    id\n    ground\n    article\n    reason\n    placedBy\n    placedAt\n    liftedBy\n    liftedAt\n  }\n"): (typeof documents)["\n  query ErasurePlan($patient: ID!) {\n    erasurePlan(patient: $patient) {\n      patient\n      name\n      compartments {\n        handle\n        category\n        documents\n      }\n      clinics\n      desks\n      retained {\n        ground\n        article\n        basis\n        until\n      }\n      retentionSet\n    }\n    holds(patient: $patient) {\n      ...HoldParts\n    }\n  }\n\n  fragment HoldParts on Hold {\n    id\n    ground\n    article\n    reason\n    placedBy\n    placedAt\n    liftedBy\n    liftedAt\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Erasures {\n    erasures {\n      ...ErasureParts\n    }\n    retention {\n      ...RetentionParts\n    }\n  }\n\n  fragment ErasureParts on Erasure {\n    id\n    whole\n    ground\n    at\n    by\n    state\n    compartments {\n      handle\n      category\n      documents\n    }\n    confirmations {\n      party\n      device\n      clinic\n      here\n      at\n      count\n    }\n    retained {\n      ground\n      article\n      basis\n      until\n    }\n    lastBackupDies\n  }\n\n  fragment RetentionParts on Retention {\n    jurisdiction\n    years\n    setBy\n    setAt\n    rules {\n      jurisdiction\n      years\n      basis\n    }\n  }\n"): (typeof documents)["\n  query Erasures {\n    erasures {\n      ...ErasureParts\n    }\n    retention {\n      ...RetentionParts\n    }\n  }\n\n  fragment ErasureParts on Erasure {\n    id\n    whole\n    ground\n    at\n    by\n    state\n    compartments {\n      handle\n      category\n      documents\n    }\n    confirmations {\n      party\n      device\n      clinic\n      here\n      at\n      count\n    }\n    retained {\n      ground\n      article\n      basis\n      until\n    }\n    lastBackupDies\n  }\n\n  fragment RetentionParts on Retention {\n    jurisdiction\n    years\n    setBy\n    setAt\n    rules {\n      jurisdiction\n      years\n      basis\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Erase($input: ErasureInput!, $passphrase: String!) {\n    erase(input: $input, passphrase: $passphrase) {\n      ...ErasureParts\n    }\n  }\n"): (typeof documents)["\n  mutation Erase($input: ErasureInput!, $passphrase: String!) {\n    erase(input: $input, passphrase: $passphrase) {\n      ...ErasureParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetRetention($jurisdiction: String!, $years: Int!, $passphrase: String!) {\n    setRetention(jurisdiction: $jurisdiction, years: $years, passphrase: $passphrase) {\n      ...RetentionParts\n    }\n  }\n"): (typeof documents)["\n  mutation SetRetention($jurisdiction: String!, $years: Int!, $passphrase: String!) {\n    setRetention(jurisdiction: $jurisdiction, years: $years, passphrase: $passphrase) {\n      ...RetentionParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PlaceHold($patient: ID!, $ground: RetentionGround!, $reason: String!, $passphrase: String!) {\n    placeHold(patient: $patient, ground: $ground, reason: $reason, passphrase: $passphrase) {\n      ...HoldParts\n    }\n  }\n"): (typeof documents)["\n  mutation PlaceHold($patient: ID!, $ground: RetentionGround!, $reason: String!, $passphrase: String!) {\n    placeHold(patient: $patient, ground: $ground, reason: $reason, passphrase: $passphrase) {\n      ...HoldParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation LiftHold($id: ID!, $passphrase: String!) {\n    liftHold(id: $id, passphrase: $passphrase) {\n      ...HoldParts\n    }\n  }\n"): (typeof documents)["\n  mutation LiftHold($id: ID!, $passphrase: String!) {\n    liftHold(id: $id, passphrase: $passphrase) {\n      ...HoldParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ErasureCertificate($id: ID!) {\n    erasureCertificate(id: $id)\n  }\n"): (typeof documents)["\n  query ErasureCertificate($id: ID!) {\n    erasureCertificate(id: $id)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment FacadeParts on FhirFacade {\n    port\n    address\n    problem {\n      code\n      details {\n        name\n        value\n      }\n      message\n    }\n    network {\n      listen\n      names\n      addresses\n      authority\n      fingerprint\n    }\n    callers {\n      address\n      program\n      at\n      refused\n    }\n  }\n"): (typeof documents)["\n  fragment FacadeParts on FhirFacade {\n    port\n    address\n    problem {\n      code\n      details {\n        name\n        value\n      }\n      message\n    }\n    network {\n      listen\n      names\n      addresses\n      authority\n      fingerprint\n    }\n    callers {\n      address\n      program\n      at\n      refused\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FhirFacadeNow {\n    fhirFacade {\n      ...FacadeParts\n    }\n    workstation {\n      signedIn {\n        role\n      }\n    }\n  }\n"): (typeof documents)["\n  query FhirFacadeNow {\n    fhirFacade {\n      ...FacadeParts\n    }\n    workstation {\n      signedIn {\n        role\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ServeFhir($port: Int, $network: FhirNetworkInput) {\n    serveFhir(port: $port, network: $network) {\n      ...FacadeParts\n    }\n  }\n"): (typeof documents)["\n  mutation ServeFhir($port: Int, $network: FhirNetworkInput) {\n    serveFhir(port: $port, network: $network) {\n      ...FacadeParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FhirTokens {\n    fhirTokens {\n      id\n      name\n      scopes\n      purpose\n      patient\n      network\n      staffName\n      isOwn\n      madeAt\n      expiresAt\n      revokedAt\n    }\n  }\n"): (typeof documents)["\n  query FhirTokens {\n    fhirTokens {\n      id\n      name\n      scopes\n      purpose\n      patient\n      network\n      staffName\n      isOwn\n      madeAt\n      expiresAt\n      revokedAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation MakeFhirToken($program: NewFhirToken!) {\n    makeFhirToken(program: $program) {\n      secret\n      token {\n        id\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation MakeFhirToken($program: NewFhirToken!) {\n    makeFhirToken(program: $program) {\n      secret\n      token {\n        id\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeFhirToken($id: ID!) {\n    revokeFhirToken(id: $id) {\n      id\n      revokedAt\n    }\n  }\n"): (typeof documents)["\n  mutation RevokeFhirToken($id: ID!) {\n    revokeFhirToken(id: $id) {\n      id\n      revokedAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ExportProgress {\n    exportProgress {\n      patients\n      patientsOf\n      resources\n      resourcesOf\n      bytes\n    }\n  }\n"): (typeof documents)["\n  query ExportProgress {\n    exportProgress {\n      patients\n      patientsOf\n      resources\n      resourcesOf\n      bytes\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelExport {\n    cancelExport\n  }\n"): (typeof documents)["\n  mutation CancelExport {\n    cancelExport\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ExportRecords($folder: String!, $patient: ID, $passphrase: String!) {\n    exportRecords(folder: $folder, patient: $patient, passphrase: $passphrase) {\n      path\n      files\n      bytes\n      resources\n      missing\n    }\n  }\n"): (typeof documents)["\n  mutation ExportRecords($folder: String!, $patient: ID, $passphrase: String!) {\n    exportRecords(folder: $folder, patient: $patient, passphrase: $passphrase) {\n      path\n      files\n      bytes\n      resources\n      missing\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Fleet {\n    fleet {\n      size\n      now\n      clinics {\n        chain\n        name\n        kind\n        quarantined\n        rebaseline\n        ring\n      }\n      devices {\n        ...FleetDeviceParts\n      }\n      releases {\n        id\n        version\n        offered\n      }\n      acts {\n        ...HubActParts\n      }\n      troubles {\n        process\n        store\n        code\n        since\n      }\n    }\n  }\n"): (typeof documents)["\n  query Fleet {\n    fleet {\n      size\n      now\n      clinics {\n        chain\n        name\n        kind\n        quarantined\n        rebaseline\n        ring\n      }\n      devices {\n        ...FleetDeviceParts\n      }\n      releases {\n        id\n        version\n        offered\n      }\n      acts {\n        ...HubActParts\n      }\n      troubles {\n        process\n        store\n        code\n        since\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HubLedger {\n    hubLedger {\n      minutes {\n        ...HubSampleParts\n      }\n      hours {\n        ...HubSampleParts\n      }\n      quorum\n      witnesses {\n        who\n        clinic\n        cosignedAt\n      }\n      disk {\n        finishedAt\n        faults {\n          part\n          count\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query HubLedger {\n    hubLedger {\n      minutes {\n        ...HubSampleParts\n      }\n      hours {\n        ...HubSampleParts\n      }\n      quorum\n      witnesses {\n        who\n        clinic\n        cosignedAt\n      }\n      disk {\n        finishedAt\n        faults {\n          part\n          count\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RegionAnchors {\n    regionAnchors {\n      size\n      command\n      ours {\n        id\n        parent\n        parentName\n        size\n        root\n        time\n        witnessed\n        standing\n      }\n      others {\n        id\n        region\n        by\n        size\n        root\n        time\n        witnessed\n      }\n    }\n  }\n"): (typeof documents)["\n  query RegionAnchors {\n    regionAnchors {\n      size\n      command\n      ours {\n        id\n        parent\n        parentName\n        size\n        root\n        time\n        witnessed\n        standing\n      }\n      others {\n        id\n        region\n        by\n        size\n        root\n        time\n        witnessed\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation KeepRegionAnchor($file: String!) {\n    keepRegionAnchor(file: $file) {\n      id\n      size\n      standing\n    }\n  }\n"): (typeof documents)["\n  mutation KeepRegionAnchor($file: String!) {\n    keepRegionAnchor(file: $file) {\n      id\n      size\n      standing\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RegionAnchorFile($id: ID!) {\n    regionAnchorFile(id: $id)\n  }\n"): (typeof documents)["\n  query RegionAnchorFile($id: ID!) {\n    regionAnchorFile(id: $id)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment HubSampleParts on HubSample {\n    start\n    blocks\n    answered\n    refused\n    typical\n    slow\n    storage\n    memory\n  }\n"): (typeof documents)["\n  fragment HubSampleParts on HubSample {\n    start\n    blocks\n    answered\n    refused\n    typical\n    slow\n    storage\n    memory\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment FleetDeviceParts on FleetDevice {\n    device\n    chain\n    clinic\n    kind\n    needs\n    quarantined\n    revoked\n    cut\n    lastPosition\n    lastTime\n    reportedAt\n    offered\n    report {\n      version\n      skew\n      lag\n      events\n      documents\n      audited\n      witnessed\n      witnessedAt\n      epoch\n      height\n      problem\n      alarms\n    }\n  }\n"): (typeof documents)["\n  fragment FleetDeviceParts on FleetDevice {\n    device\n    chain\n    clinic\n    kind\n    needs\n    quarantined\n    revoked\n    cut\n    lastPosition\n    lastTime\n    reportedAt\n    offered\n    report {\n      version\n      skew\n      lag\n      events\n      documents\n      audited\n      witnessed\n      witnessedAt\n      epoch\n      height\n      problem\n      alarms\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment HubActParts on HubAct {\n    sequence\n    kind\n    subject\n    before\n    after\n    reason\n    time\n    author\n    atMachine\n  }\n"): (typeof documents)["\n  fragment HubActParts on HubAct {\n    sequence\n    kind\n    subject\n    before\n    after\n    reason\n    time\n    author\n    atMachine\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AdministerHub($input: HubActInput!) {\n    administerHub(input: $input)\n  }\n"): (typeof documents)["\n  mutation AdministerHub($input: HubActInput!) {\n    administerHub(input: $input)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation InviteClinic($input: InvitationInput!) {\n    inviteClinic(input: $input) {\n      id\n      text\n      expires\n    }\n  }\n"): (typeof documents)["\n  mutation InviteClinic($input: InvitationInput!) {\n    inviteClinic(input: $input) {\n      id\n      text\n      expires\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OwnId {\n    me {\n      id\n      name\n      hasSecondFactor\n    }\n  }\n"): (typeof documents)["\n  query OwnId {\n    me {\n      id\n      name\n      hasSecondFactor\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FormDrafts($patient: ID) {\n    formDrafts(patient: $patient) {\n      kind\n      key\n      content\n      savedAt\n    }\n  }\n"): (typeof documents)["\n  query FormDrafts($patient: ID) {\n    formDrafts(patient: $patient) {\n      kind\n      key\n      content\n      savedAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveFormDraft($patient: ID, $kind: String!, $key: String!, $content: String!) {\n    saveFormDraft(patient: $patient, kind: $kind, key: $key, content: $content) {\n      kind\n      key\n      savedAt\n    }\n  }\n"): (typeof documents)["\n  mutation SaveFormDraft($patient: ID, $kind: String!, $key: String!, $content: String!) {\n    saveFormDraft(patient: $patient, kind: $kind, key: $key, content: $content) {\n      kind\n      key\n      savedAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DiscardFormDraft($patient: ID, $kind: String!, $key: String!) {\n    discardFormDraft(patient: $patient, kind: $kind, key: $key)\n  }\n"): (typeof documents)["\n  mutation DiscardFormDraft($patient: ID, $kind: String!, $key: String!) {\n    discardFormDraft(patient: $patient, kind: $kind, key: $key)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Administration {\n    administration {\n      forkedAt\n      acts {\n        id\n        number\n        kind\n        subject\n        clinic\n        version\n        before\n        after\n        reason\n        time\n        author\n        by\n      }\n    }\n  }\n"): (typeof documents)["\n  query Administration {\n    administration {\n      forkedAt\n      acts {\n        id\n        number\n        kind\n        subject\n        clinic\n        version\n        before\n        after\n        reason\n        time\n        author\n        by\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment EvidenceParts on Evidence {\n    id\n    code\n    about\n    message\n    since\n    stops\n    provable\n    acknowledgedAt\n    acknowledgedBy\n    resolvedAt\n    resolvedBy\n  }\n"): (typeof documents)["\n  fragment EvidenceParts on Evidence {\n    id\n    code\n    about\n    message\n    since\n    stops\n    provable\n    acknowledgedAt\n    acknowledgedBy\n    resolvedAt\n    resolvedBy\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OpenAlarms {\n    syncState {\n      run\n      revision\n      witnessedAt\n      alarms {\n        ...EvidenceParts\n      }\n      diskCheck {\n        ...DiskParts\n      }\n    }\n  }\n"): (typeof documents)["\n  query OpenAlarms {\n    syncState {\n      run\n      revision\n      witnessedAt\n      alarms {\n        ...EvidenceParts\n      }\n      diskCheck {\n        ...DiskParts\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query EveryEvidence {\n    evidence {\n      ...EvidenceParts\n    }\n  }\n"): (typeof documents)["\n  query EveryEvidence {\n    evidence {\n      ...EvidenceParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query EvidenceFile($id: Int!) {\n    evidenceFile(id: $id)\n  }\n"): (typeof documents)["\n  query EvidenceFile($id: Int!) {\n    evidenceFile(id: $id)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AcknowledgeEvidence($id: Int!) {\n    acknowledgeEvidence(id: $id) {\n      run\n      revision\n      alarms {\n        ...EvidenceParts\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation AcknowledgeEvidence($id: Int!) {\n    acknowledgeEvidence(id: $id) {\n      run\n      revision\n      alarms {\n        ...EvidenceParts\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation FollowRestoredHub {\n    followRestoredHub {\n      run\n      revision\n      connection\n      alarms {\n        ...EvidenceParts\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation FollowRestoredHub {\n    followRestoredHub {\n      run\n      revision\n      connection\n      alarms {\n        ...EvidenceParts\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResumeSync {\n    resumeSync {\n      run\n      revision\n      connection\n      alarms {\n        ...EvidenceParts\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ResumeSync {\n    resumeSync {\n      run\n      revision\n      connection\n      alarms {\n        ...EvidenceParts\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment BlockParts on LedgerBlock {\n    position\n    hash\n    chain\n    clinic\n    device\n    epoch\n    height\n    time\n    bytes\n    progress\n    audited\n    events {\n      type\n      handle\n      author\n      personal\n      time\n      verdict\n      reason\n    }\n  }\n"): (typeof documents)["\n  fragment BlockParts on LedgerBlock {\n    position\n    hash\n    chain\n    clinic\n    device\n    epoch\n    height\n    time\n    bytes\n    progress\n    audited\n    events {\n      type\n      handle\n      author\n      personal\n      time\n      verdict\n      reason\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment DiskParts on DiskCheck {\n    finishedAt\n    faults {\n      part\n      count\n    }\n  }\n"): (typeof documents)["\n  fragment DiskParts on DiskCheck {\n    finishedAt\n    faults {\n      part\n      count\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NewestBlocks($before: Float, $limit: Int!) {\n    ledgerBlocks(before: $before, limit: $limit) {\n      ...BlockParts\n    }\n  }\n"): (typeof documents)["\n  query NewestBlocks($before: Float, $limit: Int!) {\n    ledgerBlocks(before: $before, limit: $limit) {\n      ...BlockParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query BlockAt($position: Float!) {\n    ledgerBlock(position: $position) {\n      ...BlockParts\n    }\n  }\n"): (typeof documents)["\n  query BlockAt($position: Float!) {\n    ledgerBlock(position: $position) {\n      ...BlockParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query InclusionOf($position: Float!) {\n    inclusion(position: $position) {\n      position\n      size\n      leaf\n      root\n      nodes\n      valid\n      checkpoint\n    }\n  }\n"): (typeof documents)["\n  query InclusionOf($position: Float!) {\n    inclusion(position: $position) {\n      position\n      size\n      leaf\n      root\n      nodes\n      valid\n      checkpoint\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LedgerState {\n    syncState {\n      run\n      revision\n      replicaSize\n      historyFrom\n      auditedSize\n      witnessedSize\n      witnessedAt\n      pendingEvents\n    }\n  }\n"): (typeof documents)["\n  query LedgerState {\n    syncState {\n      run\n      revision\n      replicaSize\n      historyFrom\n      auditedSize\n      witnessedSize\n      witnessedAt\n      pendingEvents\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DiskState {\n    syncState {\n      diskCheck {\n        ...DiskParts\n      }\n    }\n  }\n"): (typeof documents)["\n  query DiskState {\n    syncState {\n      diskCheck {\n        ...DiskParts\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query UnfinishedFileStore {\n    unfinishedFileStore {\n      files\n      bytes\n      keptDays\n    }\n  }\n"): (typeof documents)["\n  query UnfinishedFileStore {\n    unfinishedFileStore {\n      files\n      bytes\n      keptDays\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment OfferParts on Offer {\n    id\n    title\n    description\n    publisher\n    publisherName\n    own\n    purposes\n    categories\n    criteria\n    reward\n    minimumGroup\n    opens\n    expires\n    state\n    participants\n    promised {\n      currency\n      amount\n    }\n    progress\n  }\n"): (typeof documents)["\n  fragment OfferParts on Offer {\n    id\n    title\n    description\n    publisher\n    publisherName\n    own\n    purposes\n    categories\n    criteria\n    reward\n    minimumGroup\n    opens\n    expires\n    state\n    participants\n    promised {\n      currency\n      amount\n    }\n    progress\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment BenefitParts on Benefit {\n    id\n    amount\n    currency\n    earnedAt\n    paidAt\n    earnedFor\n    paidBy\n  }\n"): (typeof documents)["\n  fragment BenefitParts on Benefit {\n    id\n    amount\n    currency\n    earnedAt\n    paidAt\n    earnedFor\n    paidBy\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ParticipantParts on Participant {\n    id\n    since\n    active\n    benefits {\n      ...BenefitParts\n    }\n  }\n"): (typeof documents)["\n  fragment ParticipantParts on Participant {\n    id\n    since\n    active\n    benefits {\n      ...BenefitParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ParticipantsOf($offer: ID!) {\n    participants(offer: $offer) {\n      ...ParticipantParts\n    }\n  }\n"): (typeof documents)["\n  query ParticipantsOf($offer: ID!) {\n    participants(offer: $offer) {\n      ...ParticipantParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RecordEarned($offer: ID!, $participant: ID!, $amount: Float!, $words: String!, $passphrase: String!) {\n    recordEarned(offer: $offer, participant: $participant, amount: $amount, words: $words, passphrase: $passphrase) {\n      ...ParticipantParts\n    }\n  }\n"): (typeof documents)["\n  mutation RecordEarned($offer: ID!, $participant: ID!, $amount: Float!, $words: String!, $passphrase: String!) {\n    recordEarned(offer: $offer, participant: $participant, amount: $amount, words: $words, passphrase: $passphrase) {\n      ...ParticipantParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RecordPaid($offer: ID!, $participant: ID!, $benefit: ID!, $words: String!, $passphrase: String!) {\n    recordPaid(offer: $offer, participant: $participant, benefit: $benefit, words: $words, passphrase: $passphrase) {\n      ...ParticipantParts\n    }\n  }\n"): (typeof documents)["\n  mutation RecordPaid($offer: ID!, $participant: ID!, $benefit: ID!, $words: String!, $passphrase: String!) {\n    recordPaid(offer: $offer, participant: $participant, benefit: $benefit, words: $words, passphrase: $passphrase) {\n      ...ParticipantParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query BenefitReceipt($patient: ID!, $benefit: ID!) {\n    benefitReceipt(patient: $patient, benefit: $benefit)\n  }\n"): (typeof documents)["\n  query BenefitReceipt($patient: ID!, $benefit: ID!) {\n    benefitReceipt(patient: $patient, benefit: $benefit)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OffersNow {\n    offers {\n      ...OfferParts\n    }\n  }\n"): (typeof documents)["\n  query OffersNow {\n    offers {\n      ...OfferParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ParticipationsOf($patient: ID!) {\n    participations(patient: $patient) {\n      patient\n      active\n      since\n      progress\n      benefits {\n        ...BenefitParts\n      }\n      offer {\n        ...OfferParts\n      }\n    }\n  }\n"): (typeof documents)["\n  query ParticipationsOf($patient: ID!) {\n    participations(patient: $patient) {\n      patient\n      active\n      since\n      progress\n      benefits {\n        ...BenefitParts\n      }\n      offer {\n        ...OfferParts\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PublishOffer($input: OfferInput!, $passphrase: String!) {\n    publishOffer(input: $input, passphrase: $passphrase) {\n      ...OfferParts\n    }\n  }\n"): (typeof documents)["\n  mutation PublishOffer($input: OfferInput!, $passphrase: String!) {\n    publishOffer(input: $input, passphrase: $passphrase) {\n      ...OfferParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation WithdrawOffer($id: ID!, $passphrase: String!) {\n    withdrawOffer(id: $id, passphrase: $passphrase) {\n      ...OfferParts\n    }\n  }\n"): (typeof documents)["\n  mutation WithdrawOffer($id: ID!, $passphrase: String!) {\n    withdrawOffer(id: $id, passphrase: $passphrase) {\n      ...OfferParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation JoinOffer($patient: ID!, $offer: ID!, $passphrase: String!) {\n    joinOffer(patient: $patient, offer: $offer, passphrase: $passphrase) {\n      patient\n      active\n      since\n      progress\n      benefits {\n        ...BenefitParts\n      }\n      offer {\n        ...OfferParts\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation JoinOffer($patient: ID!, $offer: ID!, $passphrase: String!) {\n    joinOffer(patient: $patient, offer: $offer, passphrase: $passphrase) {\n      patient\n      active\n      since\n      progress\n      benefits {\n        ...BenefitParts\n      }\n      offer {\n        ...OfferParts\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation LeaveOffer($patient: ID!, $offer: ID!, $passphrase: String!) {\n    leaveOffer(patient: $patient, offer: $offer, passphrase: $passphrase) {\n      patient\n      active\n      since\n      progress\n      benefits {\n        ...BenefitParts\n      }\n      offer {\n        ...OfferParts\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation LeaveOffer($patient: ID!, $offer: ID!, $passphrase: String!) {\n    leaveOffer(patient: $patient, offer: $offer, passphrase: $passphrase) {\n      patient\n      active\n      since\n      progress\n      benefits {\n        ...BenefitParts\n      }\n      offer {\n        ...OfferParts\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MonitoringDesk {\n    workstation {\n      clinic {\n        chain\n      }\n      signedIn {\n        role\n      }\n    }\n  }\n"): (typeof documents)["\n  query MonitoringDesk {\n    workstation {\n      clinic {\n        chain\n      }\n      signedIn {\n        role\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ReadingGatewayParts on ReadingGateway {\n    key\n    name\n    enrolledBy\n    enrolledAt\n    revokedAt\n    revokedBy\n    newestAt\n  }\n"): (typeof documents)["\n  fragment ReadingGatewayParts on ReadingGateway {\n    key\n    name\n    enrolledBy\n    enrolledAt\n    revokedAt\n    revokedBy\n    newestAt\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadingGateways {\n    readingGateways {\n      ...ReadingGatewayParts\n    }\n    readingFolder {\n      path\n      lookedAt\n      taken\n      refused\n      folderProblem {\n        code\n        message\n        details {\n          name\n          value\n        }\n      }\n      batchProblem {\n        code\n        message\n        details {\n          name\n          value\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query ReadingGateways {\n    readingGateways {\n      ...ReadingGatewayParts\n    }\n    readingFolder {\n      path\n      lookedAt\n      taken\n      refused\n      folderProblem {\n        code\n        message\n        details {\n          name\n          value\n        }\n      }\n      batchProblem {\n        code\n        message\n        details {\n          name\n          value\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EnrolReadingGateway($name: String!, $key: String!) {\n    enrolReadingGateway(name: $name, key: $key) {\n      ...ReadingGatewayParts\n    }\n  }\n"): (typeof documents)["\n  mutation EnrolReadingGateway($name: String!, $key: String!) {\n    enrolReadingGateway(name: $name, key: $key) {\n      ...ReadingGatewayParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeReadingGateway($key: ID!) {\n    revokeReadingGateway(key: $key) {\n      ...ReadingGatewayParts\n    }\n  }\n"): (typeof documents)["\n  mutation RevokeReadingGateway($key: ID!) {\n    revokeReadingGateway(key: $key) {\n      ...ReadingGatewayParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetReadingFolder($path: String) {\n    setReadingFolder(path: $path) {\n      path\n    }\n  }\n"): (typeof documents)["\n  mutation SetReadingFolder($path: String) {\n    setReadingFolder(path: $path) {\n      path\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AlertParts on MonitoringAlert {\n    id\n    side\n    threshold\n    escalated\n    step\n    corrected\n    acknowledgedBy\n    acknowledgedAt\n    reading {\n      value\n      measured\n      received\n    }\n  }\n"): (typeof documents)["\n  fragment AlertParts on MonitoringAlert {\n    id\n    side\n    threshold\n    escalated\n    step\n    corrected\n    acknowledgedBy\n    acknowledgedAt\n    reading {\n      value\n      measured\n      received\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment WatchParts on Watch {\n    id\n    measurement\n    unit\n    state\n    notWatchingSince\n    passedOver\n    patient {\n      id\n      name\n      birthDate\n    }\n    last {\n      value\n      measured\n      received\n    }\n    alerts {\n      ...AlertParts\n    }\n    acknowledged {\n      ...AlertParts\n    }\n    plans {\n      id\n      active\n      low\n      high\n      intervalMinutes\n      escalateMinutes\n      repeatMinutes\n      ladder {\n        afterMinutes\n        tell {\n          id\n          name\n        }\n      }\n      by\n      from\n      tell {\n        id\n        name\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment WatchParts on Watch {\n    id\n    measurement\n    unit\n    state\n    notWatchingSince\n    passedOver\n    patient {\n      id\n      name\n      birthDate\n    }\n    last {\n      value\n      measured\n      received\n    }\n    alerts {\n      ...AlertParts\n    }\n    acknowledged {\n      ...AlertParts\n    }\n    plans {\n      id\n      active\n      low\n      high\n      intervalMinutes\n      escalateMinutes\n      repeatMinutes\n      ladder {\n        afterMinutes\n        tell {\n          id\n          name\n        }\n      }\n      by\n      from\n      tell {\n        id\n        name\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Monitored {\n    monitored {\n      ...WatchParts\n    }\n  }\n"): (typeof documents)["\n  query Monitored {\n    monitored {\n      ...WatchParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AlertCalls {\n    alertCalls {\n      id\n      measurement\n      unit\n      open\n      step\n      steps\n      calls\n      covered\n      patient {\n        id\n        name\n      }\n      alert {\n        ...AlertParts\n      }\n    }\n  }\n"): (typeof documents)["\n  query AlertCalls {\n    alertCalls {\n      id\n      measurement\n      unit\n      open\n      step\n      steps\n      calls\n      covered\n      patient {\n        id\n        name\n      }\n      alert {\n        ...AlertParts\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MonitoringOf($patient: ID!) {\n    monitoring(patient: $patient) {\n      ...WatchParts\n    }\n  }\n"): (typeof documents)["\n  query MonitoringOf($patient: ID!) {\n    monitoring(patient: $patient) {\n      ...WatchParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MonitoringDryRun($input: MonitoringInput!) {\n    monitoringDryRun(input: $input) {\n      readings\n      alerts\n      gaps\n    }\n  }\n"): (typeof documents)["\n  query MonitoringDryRun($input: MonitoringInput!) {\n    monitoringDryRun(input: $input) {\n      readings\n      alerts\n      gaps\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MonitoringStaff {\n    me {\n      id\n    }\n    staffMembers {\n      id\n      name\n      role\n      revoked\n    }\n  }\n"): (typeof documents)["\n  query MonitoringStaff {\n    me {\n      id\n    }\n    staffMembers {\n      id\n      name\n      role\n      revoked\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetMonitoring($input: MonitoringInput!) {\n    setMonitoring(input: $input) {\n      ...WatchParts\n    }\n  }\n"): (typeof documents)["\n  mutation SetMonitoring($input: MonitoringInput!) {\n    setMonitoring(input: $input) {\n      ...WatchParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EndMonitoring($patient: ID!, $measurement: Measurement!) {\n    endMonitoring(patient: $patient, measurement: $measurement) {\n      ...WatchParts\n    }\n  }\n"): (typeof documents)["\n  mutation EndMonitoring($patient: ID!, $measurement: Measurement!) {\n    endMonitoring(patient: $patient, measurement: $measurement) {\n      ...WatchParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AcknowledgeAlerts($watch: ID!, $alerts: [ID!]!) {\n    acknowledgeAlerts(watch: $watch, alerts: $alerts) {\n      ...WatchParts\n    }\n  }\n"): (typeof documents)["\n  mutation AcknowledgeAlerts($watch: ID!, $alerts: [ID!]!) {\n    acknowledgeAlerts(watch: $watch, alerts: $alerts) {\n      ...WatchParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PatientSheet($patient: ID!) {\n    patient(id: $patient) {\n      id\n      name\n      birthDate\n      gender\n      deceased\n      deceasedAt\n      phone\n      city\n      custodianName\n      shared\n      identifiers {\n        system\n        value\n        type\n      }\n    }\n  }\n"): (typeof documents)["\n  query PatientSheet($patient: ID!) {\n    patient(id: $patient) {\n      id\n      name\n      birthDate\n      gender\n      deceased\n      deceasedAt\n      phone\n      city\n      custodianName\n      shared\n      identifiers {\n        system\n        value\n        type\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FindPatients($search: String, $first: Int = 50, $after: String) {\n    patients(search: $search, first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          name\n          birthDate\n          gender\n          deceased\n          city\n          custodianName\n          shared\n          mergedInto\n          identifiers {\n            system\n            value\n            type\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      totalCount\n    }\n  }\n"): (typeof documents)["\n  query FindPatients($search: String, $first: Int = 50, $after: String) {\n    patients(search: $search, first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          name\n          birthDate\n          gender\n          deceased\n          city\n          custodianName\n          shared\n          mergedInto\n          identifiers {\n            system\n            value\n            type\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      totalCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RegisterPatient($input: RegisterPatientInput!, $evenSo: Boolean) {\n    registerPatient(input: $input, evenSo: $evenSo) {\n      patient {\n        id\n        name\n      }\n      candidates {\n        reasons\n        probability\n        evidence {\n          field\n          agreement\n          weight\n        }\n        patient {\n          id\n          name\n          birthDate\n          gender\n          city\n          identifiers {\n            system\n            value\n            type\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RegisterPatient($input: RegisterPatientInput!, $evenSo: Boolean) {\n    registerPatient(input: $input, evenSo: $evenSo) {\n      patient {\n        id\n        name\n      }\n      candidates {\n        reasons\n        probability\n        evidence {\n          field\n          agreement\n          weight\n        }\n        patient {\n          id\n          name\n          birthDate\n          gender\n          city\n          identifiers {\n            system\n            value\n            type\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PaymentParts on PaymentReceipt {\n    id\n    revision\n    number\n    paidAt\n    means\n    currency\n    lines {\n      what\n      amount\n    }\n    total\n    takenBy\n    voided\n  }\n"): (typeof documents)["\n  fragment PaymentParts on PaymentReceipt {\n    id\n    revision\n    number\n    paidAt\n    means\n    currency\n    lines {\n      what\n      amount\n    }\n    total\n    takenBy\n    voided\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PaymentReceipts($patient: ID!) {\n    paymentReceipts(patient: $patient) {\n      ...PaymentParts\n    }\n  }\n"): (typeof documents)["\n  query PaymentReceipts($patient: ID!) {\n    paymentReceipts(patient: $patient) {\n      ...PaymentParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation WritePaymentReceipt($input: PaymentReceiptInput!) {\n    writePaymentReceipt(input: $input) {\n      ...PaymentParts\n    }\n  }\n"): (typeof documents)["\n  mutation WritePaymentReceipt($input: PaymentReceiptInput!) {\n    writePaymentReceipt(input: $input) {\n      ...PaymentParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation VoidPaymentReceipt($patient: ID!, $receipt: ID!, $revision: String!, $reason: String!) {\n    voidPaymentReceipt(patient: $patient, receipt: $receipt, revision: $revision, reason: $reason) {\n      ...PaymentParts\n    }\n  }\n"): (typeof documents)["\n  mutation VoidPaymentReceipt($patient: ID!, $receipt: ID!, $revision: String!, $reason: String!) {\n    voidPaymentReceipt(patient: $patient, receipt: $receipt, revision: $revision, reason: $reason) {\n      ...PaymentParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation NotePaymentPrint($patient: ID!, $receipt: ID!) {\n    notePaymentPrint(patient: $patient, receipt: $receipt)\n  }\n"): (typeof documents)["\n  mutation NotePaymentPrint($patient: ID!, $receipt: ID!) {\n    notePaymentPrint(patient: $patient, receipt: $receipt)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AttachmentOf($patient: ID!, $record: ID!) {\n    attachment(patient: $patient, record: $record) {\n      id\n      name\n      type\n      size\n      pieces\n    }\n  }\n"): (typeof documents)["\n  query AttachmentOf($patient: ID!, $record: ID!) {\n    attachment(patient: $patient, record: $record) {\n      id\n      name\n      type\n      size\n      pieces\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AttachmentPiece($patient: ID!, $record: ID!, $index: Int!) {\n    attachmentPiece(patient: $patient, record: $record, index: $index)\n  }\n"): (typeof documents)["\n  query AttachmentPiece($patient: ID!, $record: ID!, $index: Int!) {\n    attachmentPiece(patient: $patient, record: $record, index: $index)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation BeginAttachment($input: AttachmentInput!, $title: String!) {\n    beginAttachment(input: $input, title: $title) {\n      id\n      next\n      of\n    }\n  }\n"): (typeof documents)["\n  mutation BeginAttachment($input: AttachmentInput!, $title: String!) {\n    beginAttachment(input: $input, title: $title) {\n      id\n      next\n      of\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PutAttachmentPiece($input: AttachmentInput!, $index: Int!, $data: String!) {\n    putAttachmentPiece(input: $input, index: $index, data: $data) {\n      id\n      next\n      of\n    }\n  }\n"): (typeof documents)["\n  mutation PutAttachmentPiece($input: AttachmentInput!, $index: Int!, $data: String!) {\n    putAttachmentPiece(input: $input, index: $index, data: $data) {\n      id\n      next\n      of\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query UnfinishedFiles($patient: ID!) {\n    unfinishedFiles(patient: $patient) {\n      name\n      type\n      size\n      modified\n      next\n      of\n      at\n      keptUntil\n    }\n  }\n"): (typeof documents)["\n  query UnfinishedFiles($patient: ID!) {\n    unfinishedFiles(patient: $patient) {\n      name\n      type\n      size\n      modified\n      next\n      of\n      at\n      keptUntil\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DiscardAttachment($input: AttachmentInput!) {\n    discardAttachment(input: $input)\n  }\n"): (typeof documents)["\n  mutation DiscardAttachment($input: AttachmentInput!) {\n    discardAttachment(input: $input)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation FinishAttachment($input: AttachmentInput!) {\n    finishAttachment(input: $input)\n  }\n"): (typeof documents)["\n  mutation FinishAttachment($input: AttachmentInput!) {\n    finishAttachment(input: $input)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ItemParts on ChartItem {\n    id\n    section\n    resourceType\n    title\n    code\n    codeSystem\n    date\n    status\n    value\n    unit\n    low\n    high\n    detail\n    version\n    author\n    recordedAt\n    progress\n    dispute\n    waiting\n    proposedBy\n    disagreements {\n      record\n      words\n      date\n    }\n  }\n"): (typeof documents)["\n  fragment ItemParts on ChartItem {\n    id\n    section\n    resourceType\n    title\n    code\n    codeSystem\n    date\n    status\n    value\n    unit\n    low\n    high\n    detail\n    version\n    author\n    recordedAt\n    progress\n    dispute\n    waiting\n    proposedBy\n    disagreements {\n      record\n      words\n      date\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ChartParts on Chart {\n    merged {\n      id\n      name\n      birthDate\n    }\n    openedAt\n    purpose\n    covered {\n      id\n      name\n    }\n    encounterNow\n    categories\n    patient {\n      id\n      name\n      family\n      given\n      birthDate\n      gender\n      deceased\n      deceasedAt\n      phone\n      city\n      custodian\n      custodianName\n      shared\n      mergedInto\n      identifiers {\n        system\n        value\n        type\n      }\n    }\n    summary {\n      allergies {\n        ...ItemParts\n      }\n      problems {\n        ...ItemParts\n      }\n      medications {\n        ...ItemParts\n      }\n      vitals {\n        ...ItemParts\n      }\n      encounters {\n        ...ItemParts\n      }\n      orders {\n        ...ItemParts\n      }\n      cautions {\n        ...ItemParts\n      }\n    }\n    sections {\n      section\n      count\n    }\n  }\n"): (typeof documents)["\n  fragment ChartParts on Chart {\n    merged {\n      id\n      name\n      birthDate\n    }\n    openedAt\n    purpose\n    covered {\n      id\n      name\n    }\n    encounterNow\n    categories\n    patient {\n      id\n      name\n      family\n      given\n      birthDate\n      gender\n      deceased\n      deceasedAt\n      phone\n      city\n      custodian\n      custodianName\n      shared\n      mergedInto\n      identifiers {\n        system\n        value\n        type\n      }\n    }\n    summary {\n      allergies {\n        ...ItemParts\n      }\n      problems {\n        ...ItemParts\n      }\n      medications {\n        ...ItemParts\n      }\n      vitals {\n        ...ItemParts\n      }\n      encounters {\n        ...ItemParts\n      }\n      orders {\n        ...ItemParts\n      }\n      cautions {\n        ...ItemParts\n      }\n    }\n    sections {\n      section\n      count\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation OpenChart($patient: ID!, $purpose: Purpose!, $covered: ID) {\n    openChart(patient: $patient, purpose: $purpose, covered: $covered) {\n      ...ChartParts\n    }\n  }\n"): (typeof documents)["\n  mutation OpenChart($patient: ID!, $purpose: Purpose!, $covered: ID) {\n    openChart(patient: $patient, purpose: $purpose, covered: $covered) {\n      ...ChartParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SoapNoteText($input: PutRecordInput!) {\n    soapNoteText(input: $input)\n  }\n"): (typeof documents)["\n  query SoapNoteText($input: PutRecordInput!) {\n    soapNoteText(input: $input)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignSoapNote($input: PutRecordInput!, $passphrase: String!) {\n    signSoapNote(input: $input, passphrase: $passphrase) {\n      id\n      title\n    }\n  }\n"): (typeof documents)["\n  mutation SignSoapNote($input: PutRecordInput!, $passphrase: String!) {\n    signSoapNote(input: $input, passphrase: $passphrase) {\n      id\n      title\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FormTemplates($kind: String!) {\n    formTemplates(kind: $kind) {\n      name\n      fields\n    }\n  }\n"): (typeof documents)["\n  query FormTemplates($kind: String!) {\n    formTemplates(kind: $kind) {\n      name\n      fields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveFormTemplate($input: FormTemplateInput!) {\n    saveFormTemplate(input: $input) {\n      name\n    }\n  }\n"): (typeof documents)["\n  mutation SaveFormTemplate($input: FormTemplateInput!) {\n    saveFormTemplate(input: $input) {\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveFormTemplate($kind: String!, $name: String!) {\n    removeFormTemplate(kind: $kind, name: $name) {\n      name\n    }\n  }\n"): (typeof documents)["\n  mutation RemoveFormTemplate($kind: String!, $name: String!) {\n    removeFormTemplate(kind: $kind, name: $name) {\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CloseChart($patient: ID!) {\n    closeChart(patient: $patient)\n  }\n"): (typeof documents)["\n  mutation CloseChart($patient: ID!) {\n    closeChart(patient: $patient)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ChartNow($patient: ID!) {\n    chart(patient: $patient) {\n      ...ChartParts\n    }\n  }\n"): (typeof documents)["\n  query ChartNow($patient: ID!) {\n    chart(patient: $patient) {\n      ...ChartParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SectionItems($patient: ID!, $section: Section, $search: String, $remote: Boolean!, $first: Int = 50, $after: String) {\n    chart(patient: $patient) {\n      patient {\n        id\n      }\n      items(section: $section, search: $search, remote: $remote, first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            ...ItemParts\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n  }\n"): (typeof documents)["\n  query SectionItems($patient: ID!, $section: Section, $search: String, $remote: Boolean!, $first: Int = 50, $after: String) {\n    chart(patient: $patient) {\n      patient {\n        id\n      }\n      items(section: $section, search: $search, remote: $remote, first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            ...ItemParts\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SeriesCodes($patient: ID!) {\n    chart(patient: $patient) {\n      patient {\n        id\n      }\n      seriesCodes {\n        code\n        title\n        count\n      }\n    }\n  }\n"): (typeof documents)["\n  query SeriesCodes($patient: ID!) {\n    chart(patient: $patient) {\n      patient {\n        id\n      }\n      seriesCodes {\n        code\n        title\n        count\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SeriesOf($patient: ID!, $code: String!) {\n    chart(patient: $patient) {\n      patient {\n        id\n      }\n      series(code: $code) {\n        code\n        title\n        unit\n        ucum\n        points {\n          record\n          date\n          value\n          unit\n          ucum\n          low\n          high\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query SeriesOf($patient: ID!, $code: String!) {\n    chart(patient: $patient) {\n      patient {\n        id\n      }\n      series(code: $code) {\n        code\n        title\n        unit\n        ucum\n        points {\n          record\n          date\n          value\n          unit\n          ucum\n          low\n          high\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RecordNow($patient: ID!, $id: ID!) {\n    record(patient: $patient, id: $id) {\n      item {\n        ...ItemParts\n      }\n      resource\n      undoable\n      amendable\n      disputable\n      missingReferences\n      history {\n        version\n        document\n        author\n        authorId\n        at\n        reason\n        personallySigned\n        importedFrom\n        merge\n        proposedBy {\n          author\n          clinic\n          at\n        }\n        progress\n        dispute\n        resource\n        position\n        difference {\n          path\n          before\n          after\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query RecordNow($patient: ID!, $id: ID!) {\n    record(patient: $patient, id: $id) {\n      item {\n        ...ItemParts\n      }\n      resource\n      undoable\n      amendable\n      disputable\n      missingReferences\n      history {\n        version\n        document\n        author\n        authorId\n        at\n        reason\n        personallySigned\n        importedFrom\n        merge\n        proposedBy {\n          author\n          clinic\n          at\n        }\n        progress\n        dispute\n        resource\n        position\n        difference {\n          path\n          before\n          after\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DispensingNow($patient: ID!, $prescription: ID!) {\n    dispensing(patient: $patient, prescription: $prescription) {\n      prescription\n      handed {\n        record\n        status\n        amount {\n          value\n          unit\n        }\n        at\n        expires\n      }\n    }\n  }\n"): (typeof documents)["\n  query DispensingNow($patient: ID!, $prescription: ID!) {\n    dispensing(patient: $patient, prescription: $prescription) {\n      prescription\n      handed {\n        record\n        status\n        amount {\n          value\n          unit\n        }\n        at\n        expires\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReceiptOf($patient: ID!, $record: ID!, $version: Int) {\n    receipt(patient: $patient, record: $record, version: $version) {\n      json\n      fileName\n      witnessed\n    }\n  }\n"): (typeof documents)["\n  query ReceiptOf($patient: ID!, $record: ID!, $version: Int) {\n    receipt(patient: $patient, record: $record, version: $version) {\n      json\n      fileName\n      witnessed\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PutRecords($patient: ID!, $inputs: [PutRecordInput!]!) {\n    putRecords(patient: $patient, inputs: $inputs) {\n      ...ItemParts\n    }\n  }\n"): (typeof documents)["\n  mutation PutRecords($patient: ID!, $inputs: [PutRecordInput!]!) {\n    putRecords(patient: $patient, inputs: $inputs) {\n      ...ItemParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation MergePatients($patient: ID!, $other: ID!, $reason: String!) {\n    mergePatients(patient: $patient, other: $other, reason: $reason) {\n      ...ChartParts\n    }\n  }\n"): (typeof documents)["\n  mutation MergePatients($patient: ID!, $other: ID!, $reason: String!) {\n    mergePatients(patient: $patient, other: $other, reason: $reason) {\n      ...ChartParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UnmergePatients($patient: ID!, $other: ID!, $reason: String!) {\n    unmergePatients(patient: $patient, other: $other, reason: $reason) {\n      ...ChartParts\n    }\n  }\n"): (typeof documents)["\n  mutation UnmergePatients($patient: ID!, $other: ID!, $reason: String!) {\n    unmergePatients(patient: $patient, other: $other, reason: $reason) {\n      ...ChartParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MergeCandidates($id: ID!) {\n    patientDuplicates(id: $id) {\n      probability\n      evidence {\n        field\n        agreement\n        weight\n      }\n      patient {\n        ...MergedParts\n      }\n    }\n  }\n"): (typeof documents)["\n  query MergeCandidates($id: ID!) {\n    patientDuplicates(id: $id) {\n      probability\n      evidence {\n        field\n        agreement\n        weight\n      }\n      patient {\n        ...MergedParts\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MergedParts on Patient {\n    id\n    name\n    birthDate\n    gender\n    city\n    phone\n    mergedInto\n    shared\n    identifiers {\n      system\n      value\n      type\n    }\n  }\n"): (typeof documents)["\n  fragment MergedParts on Patient {\n    id\n    name\n    birthDate\n    gender\n    city\n    phone\n    mergedInto\n    shared\n    identifiers {\n      system\n      value\n      type\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MergedPatient($id: ID!) {\n    patient(id: $id) {\n      ...MergedParts\n    }\n  }\n"): (typeof documents)["\n  query MergedPatient($id: ID!) {\n    patient(id: $id) {\n      ...MergedParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WriterNow {\n    workstation {\n      signedIn {\n        id\n        name\n        role\n      }\n    }\n  }\n"): (typeof documents)["\n  query WriterNow {\n    workstation {\n      signedIn {\n        id\n        name\n        role\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConflictList {\n    conflicts {\n      id\n      patient {\n        id\n        name\n        birthDate\n      }\n      record\n      at\n      mine\n      proposedBy\n    }\n  }\n"): (typeof documents)["\n  query ConflictList {\n    conflicts {\n      id\n      patient {\n        id\n        name\n        birthDate\n      }\n      record\n      at\n      mine\n      proposedBy\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConflictNow($patient: ID!, $id: ID!) {\n    conflict(patient: $patient, id: $id) {\n      id\n      record\n      title\n      resourceType\n      whole\n      proposedBy\n      current {\n        version\n        author\n        at\n        reason\n      }\n      late {\n        version\n        author\n        at\n        reason\n      }\n      elements {\n        element\n        base\n        current\n        late\n        changedBy\n        safety\n      }\n    }\n  }\n"): (typeof documents)["\n  query ConflictNow($patient: ID!, $id: ID!) {\n    conflict(patient: $patient, id: $id) {\n      id\n      record\n      title\n      resourceType\n      whole\n      proposedBy\n      current {\n        version\n        author\n        at\n        reason\n      }\n      late {\n        version\n        author\n        at\n        reason\n      }\n      elements {\n        element\n        base\n        current\n        late\n        changedBy\n        safety\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SettleConflict($input: SettleConflictInput!) {\n    settleConflict(input: $input) {\n      ...ItemParts\n    }\n  }\n"): (typeof documents)["\n  mutation SettleConflict($input: SettleConflictInput!) {\n    settleConflict(input: $input) {\n      ...ItemParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UndoMerge($input: UndoMergeInput!) {\n    undoMerge(input: $input) {\n      ...ItemParts\n    }\n  }\n"): (typeof documents)["\n  mutation UndoMerge($input: UndoMergeInput!) {\n    undoMerge(input: $input) {\n      ...ItemParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ProposalParts on Proposal {\n    id\n    record\n    title\n    resourceType\n    new\n    clinic\n    ours\n    author\n    at\n    reason\n    state\n    answer\n    answeredBy\n    difference {\n      path\n      before\n      after\n    }\n  }\n"): (typeof documents)["\n  fragment ProposalParts on Proposal {\n    id\n    record\n    title\n    resourceType\n    new\n    clinic\n    ours\n    author\n    at\n    reason\n    state\n    answer\n    answeredBy\n    difference {\n      path\n      before\n      after\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ProposalsOf($patient: ID!) {\n    proposals(patient: $patient) {\n      ...ProposalParts\n    }\n  }\n"): (typeof documents)["\n  query ProposalsOf($patient: ID!) {\n    proposals(patient: $patient) {\n      ...ProposalParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ProposeAmendment($input: PutRecordInput!) {\n    proposeAmendment(input: $input) {\n      ...ProposalParts\n    }\n  }\n"): (typeof documents)["\n  mutation ProposeAmendment($input: PutRecordInput!) {\n    proposeAmendment(input: $input) {\n      ...ProposalParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeclineProposal($patient: ID!, $id: ID!, $reason: String!) {\n    declineProposal(patient: $patient, id: $id, reason: $reason)\n  }\n"): (typeof documents)["\n  mutation DeclineProposal($patient: ID!, $id: ID!, $reason: String!) {\n    declineProposal(patient: $patient, id: $id, reason: $reason)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReopenProposal($patient: ID!, $id: ID!) {\n    reopenProposal(patient: $patient, id: $id)\n  }\n"): (typeof documents)["\n  mutation ReopenProposal($patient: ID!, $id: ID!) {\n    reopenProposal(patient: $patient, id: $id)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation FileDisagreement($patient: ID!, $record: ID!, $words: String!, $saidBy: String) {\n    fileDisagreement(patient: $patient, record: $record, words: $words, saidBy: $saidBy) {\n      ...ItemParts\n    }\n  }\n"): (typeof documents)["\n  mutation FileDisagreement($patient: ID!, $record: ID!, $words: String!, $saidBy: String) {\n    fileDisagreement(patient: $patient, record: $record, words: $words, saidBy: $saidBy) {\n      ...ItemParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DraftsOf($patient: ID!) {\n    drafts(patient: $patient) {\n      kind\n      key\n      content\n      savedAt\n    }\n  }\n"): (typeof documents)["\n  query DraftsOf($patient: ID!) {\n    drafts(patient: $patient) {\n      kind\n      key\n      content\n      savedAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveDraft($patient: ID!, $kind: String!, $key: String!, $content: String!) {\n    saveDraft(patient: $patient, kind: $kind, key: $key, content: $content) {\n      kind\n      key\n      savedAt\n    }\n  }\n"): (typeof documents)["\n  mutation SaveDraft($patient: ID!, $kind: String!, $key: String!, $content: String!) {\n    saveDraft(patient: $patient, kind: $kind, key: $key, content: $content) {\n      kind\n      key\n      savedAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DiscardDraft($patient: ID!, $kind: String!, $key: String!) {\n    discardDraft(patient: $patient, kind: $kind, key: $key)\n  }\n"): (typeof documents)["\n  mutation DiscardDraft($patient: ID!, $kind: String!, $key: String!) {\n    discardDraft(patient: $patient, kind: $kind, key: $key)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ImportParts on ImportJob {\n    id\n    state\n    here\n    startedAt\n    bytesRead\n    bytesTotal\n    currentFile\n    accepted\n    alreadyPresent\n    refusedCount\n    patients\n    missingReferenceCount\n    problem {\n      code\n      message\n      details {\n        name\n        value\n      }\n    }\n    dryRun\n    alikeCount\n  }\n"): (typeof documents)["\n  fragment ImportParts on ImportJob {\n    id\n    state\n    here\n    startedAt\n    bytesRead\n    bytesTotal\n    currentFile\n    accepted\n    alreadyPresent\n    refusedCount\n    patients\n    missingReferenceCount\n    problem {\n      code\n      message\n      details {\n        name\n        value\n      }\n    }\n    dryRun\n    alikeCount\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ImportJobs {\n    importJobs {\n      ...ImportParts\n    }\n  }\n"): (typeof documents)["\n  query ImportJobs {\n    importJobs {\n      ...ImportParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ImportJobNow($id: ID!) {\n    importJob(id: $id) {\n      ...ImportParts\n    }\n  }\n"): (typeof documents)["\n  query ImportJobNow($id: ID!) {\n    importJob(id: $id) {\n      ...ImportParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ImportReport($id: ID!, $first: Int!) {\n    importJob(id: $id) {\n      ...ImportParts\n      refused(first: $first) {\n        file\n        line\n        path\n        code\n        message\n      }\n      doubts(first: $first) {\n        file\n        line\n        path\n        code\n        message\n      }\n      doubtCount\n      missingReferences(first: $first)\n      ignored\n      undo {\n        ...UndoParts\n      }\n      people(first: $first) {\n        file\n        line\n        name\n        birthDate\n        isNew\n        alike {\n          probability\n          patient {\n            id\n            name\n            birthDate\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query ImportReport($id: ID!, $first: Int!) {\n    importJob(id: $id) {\n      ...ImportParts\n      refused(first: $first) {\n        file\n        line\n        path\n        code\n        message\n      }\n      doubts(first: $first) {\n        file\n        line\n        path\n        code\n        message\n      }\n      doubtCount\n      missingReferences(first: $first)\n      ignored\n      undo {\n        ...UndoParts\n      }\n      people(first: $first) {\n        file\n        line\n        name\n        birthDate\n        isNew\n        alike {\n          probability\n          patient {\n            id\n            name\n            birthDate\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment UndoParts on ImportUndo {\n    marked\n    restored\n    people\n    leftCount\n    left(first: 200) {\n      name\n      resourceType\n      title\n      reason\n    }\n  }\n"): (typeof documents)["\n  fragment UndoParts on ImportUndo {\n    marked\n    restored\n    people\n    leftCount\n    left(first: 200) {\n      name\n      resourceType\n      title\n      reason\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ImportUndoPlan($id: ID!) {\n    importUndo(id: $id) {\n      ...UndoParts\n    }\n  }\n"): (typeof documents)["\n  query ImportUndoPlan($id: ID!) {\n    importUndo(id: $id) {\n      ...UndoParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation TakeImportBack($id: ID!, $reason: String!) {\n    takeImportBack(id: $id, reason: $reason) {\n      ...ImportParts\n    }\n  }\n"): (typeof documents)["\n  mutation TakeImportBack($id: ID!, $reason: String!) {\n    takeImportBack(id: $id, reason: $reason) {\n      ...ImportParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CsvMappings {\n    csvMappings\n  }\n"): (typeof documents)["\n  query CsvMappings {\n    csvMappings\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CsvPreview($file: String!, $data: String, $mapping: String) {\n    csvPreview(file: $file, data: $data, mapping: $mapping) {\n      foreignLine\n      columns\n      delimiter\n      rows\n      resources\n      refused {\n        line\n        path\n        code\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  query CsvPreview($file: String!, $data: String, $mapping: String) {\n    csvPreview(file: $file, data: $data, mapping: $mapping) {\n      foreignLine\n      columns\n      delimiter\n      rows\n      resources\n      refused {\n        line\n        path\n        code\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveCsvMapping($mapping: String!) {\n    saveCsvMapping(mapping: $mapping)\n  }\n"): (typeof documents)["\n  mutation SaveCsvMapping($mapping: String!) {\n    saveCsvMapping(mapping: $mapping)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ImportProgress($id: ID!) {\n    importProgress(id: $id) {\n      ...ImportParts\n    }\n  }\n"): (typeof documents)["\n  subscription ImportProgress($id: ID!) {\n    importProgress(id: $id) {\n      ...ImportParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ImportPaths($paths: [String!]!, $dryRun: Boolean!, $csvMapping: String) {\n    importPaths(paths: $paths, dryRun: $dryRun, csvMapping: $csvMapping) {\n      ...ImportParts\n    }\n  }\n"): (typeof documents)["\n  mutation ImportPaths($paths: [String!]!, $dryRun: Boolean!, $csvMapping: String) {\n    importPaths(paths: $paths, dryRun: $dryRun, csvMapping: $csvMapping) {\n      ...ImportParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ImportText(\n    $job: ID\n    $file: String!\n    $firstLine: Int!\n    $text: String!\n    $base64: Boolean\n    $last: Boolean!\n    $finish: Boolean!\n    $dryRun: Boolean!\n    $csvMapping: String\n  ) {\n    importText(\n      job: $job\n      file: $file\n      firstLine: $firstLine\n      text: $text\n      base64: $base64\n      last: $last\n      finish: $finish\n      dryRun: $dryRun\n      csvMapping: $csvMapping\n    ) {\n      ...ImportParts\n    }\n  }\n"): (typeof documents)["\n  mutation ImportText(\n    $job: ID\n    $file: String!\n    $firstLine: Int!\n    $text: String!\n    $base64: Boolean\n    $last: Boolean!\n    $finish: Boolean!\n    $dryRun: Boolean!\n    $csvMapping: String\n  ) {\n    importText(\n      job: $job\n      file: $file\n      firstLine: $firstLine\n      text: $text\n      base64: $base64\n      last: $last\n      finish: $finish\n      dryRun: $dryRun\n      csvMapping: $csvMapping\n    ) {\n      ...ImportParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ImportFile($job: ID, $file: String!, $size: Float!, $index: Int!, $data: String!) {\n    importFile(job: $job, file: $file, size: $size, index: $index, data: $data) {\n      ...ImportParts\n    }\n  }\n"): (typeof documents)["\n  mutation ImportFile($job: ID, $file: String!, $size: Float!, $index: Int!, $data: String!) {\n    importFile(job: $job, file: $file, size: $size, index: $index, data: $data) {\n      ...ImportParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ImportAfterDryRun($id: ID!) {\n    importAfterDryRun(id: $id) {\n      ...ImportParts\n    }\n  }\n"): (typeof documents)["\n  mutation ImportAfterDryRun($id: ID!) {\n    importAfterDryRun(id: $id) {\n      ...ImportParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelImport($id: ID!) {\n    cancelImport(id: $id) {\n      ...ImportParts\n    }\n  }\n"): (typeof documents)["\n  mutation CancelImport($id: ID!) {\n    cancelImport(id: $id) {\n      ...ImportParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResumeImport($id: ID!) {\n    resumeImport(id: $id) {\n      ...ImportParts\n    }\n  }\n"): (typeof documents)["\n  mutation ResumeImport($id: ID!) {\n    resumeImport(id: $id) {\n      ...ImportParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MedicationReconciliation($patient: ID!, $other: ID) {\n    medicationReconciliation(patient: $patient, other: $other) {\n      lines {\n        name\n        decisions\n        chart {\n          ...ItemParts\n        }\n        came {\n          origin\n          from\n          item {\n            ...ItemParts\n          }\n        }\n      }\n      last {\n        ...ItemParts\n      }\n    }\n  }\n"): (typeof documents)["\n  query MedicationReconciliation($patient: ID!, $other: ID) {\n    medicationReconciliation(patient: $patient, other: $other) {\n      lines {\n        name\n        decisions\n        chart {\n          ...ItemParts\n        }\n        came {\n          origin\n          from\n          item {\n            ...ItemParts\n          }\n        }\n      }\n      last {\n        ...ItemParts\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MedicationReconciliationText($input: ReconcileMedicationsInput!) {\n    medicationReconciliationText(input: $input)\n  }\n"): (typeof documents)["\n  query MedicationReconciliationText($input: ReconcileMedicationsInput!) {\n    medicationReconciliationText(input: $input)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignMedicationReconciliation($input: ReconcileMedicationsInput!, $passphrase: String!) {\n    signMedicationReconciliation(input: $input, passphrase: $passphrase) {\n      id\n      title\n    }\n  }\n"): (typeof documents)["\n  mutation SignMedicationReconciliation($input: ReconcileMedicationsInput!, $passphrase: String!) {\n    signMedicationReconciliation(input: $input, passphrase: $passphrase) {\n      id\n      title\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AlikeElsewhere($id: ID!) {\n    patientDuplicates(id: $id) {\n      patient {\n        id\n        name\n        birthDate\n        shared\n        custodianName\n      }\n    }\n  }\n"): (typeof documents)["\n  query AlikeElsewhere($id: ID!) {\n    patientDuplicates(id: $id) {\n      patient {\n        id\n        name\n        birthDate\n        shared\n        custodianName\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PrintedSections($patient: ID!, $results: Int!) {\n    chart(patient: $patient) {\n      patient {\n        id\n      }\n      immunizations: items(section: IMMUNIZATION, first: 100) {\n        ...PrintedItems\n      }\n      procedures: items(section: PROCEDURE, first: 40) {\n        ...PrintedItems\n      }\n      results: items(section: RESULT, first: $results) {\n        ...PrintedItems\n      }\n    }\n  }\n"): (typeof documents)["\n  query PrintedSections($patient: ID!, $results: Int!) {\n    chart(patient: $patient) {\n      patient {\n        id\n      }\n      immunizations: items(section: IMMUNIZATION, first: 100) {\n        ...PrintedItems\n      }\n      procedures: items(section: PROCEDURE, first: 40) {\n        ...PrintedItems\n      }\n      results: items(section: RESULT, first: $results) {\n        ...PrintedItems\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PrintedItems on ChartItemConnection {\n    edges {\n      node {\n        ...ItemParts\n      }\n    }\n    totalCount\n  }\n"): (typeof documents)["\n  fragment PrintedItems on ChartItemConnection {\n    edges {\n      node {\n        ...ItemParts\n      }\n    }\n    totalCount\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation NotePrint($patient: ID!, $paper: PrintedPaper!) {\n    notePrint(patient: $patient, paper: $paper)\n  }\n"): (typeof documents)["\n  mutation NotePrint($patient: ID!, $paper: PrintedPaper!) {\n    notePrint(patient: $patient, paper: $paper)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RecordDeath($input: DeathInput!) {\n    recordDeath(input: $input) {\n      ...ChartParts\n    }\n  }\n"): (typeof documents)["\n  mutation RecordDeath($input: DeathInput!) {\n    recordDeath(input: $input) {\n      ...ChartParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query StaffMembers {\n    me {\n      id\n      name\n      role\n      revoked\n      hasSecondFactor\n    }\n    staffMembers {\n      id\n      name\n      role\n      revoked\n      hasSecondFactor\n    }\n  }\n"): (typeof documents)["\n  query StaffMembers {\n    me {\n      id\n      name\n      role\n      revoked\n      hasSecondFactor\n    }\n    staffMembers {\n      id\n      name\n      role\n      revoked\n      hasSecondFactor\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EnrolStaff($input: EnrolStaffInput!) {\n    enrolStaff(input: $input) {\n      id\n      name\n      role\n      revoked\n      hasSecondFactor\n    }\n  }\n"): (typeof documents)["\n  mutation EnrolStaff($input: EnrolStaffInput!) {\n    enrolStaff(input: $input) {\n      id\n      name\n      role\n      revoked\n      hasSecondFactor\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeStaff($staff: ID!) {\n    revokeStaff(staff: $staff)\n  }\n"): (typeof documents)["\n  mutation RevokeStaff($staff: ID!) {\n    revokeStaff(staff: $staff)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RenewOwnKey($passphrase: String!) {\n    renewOwnKey(passphrase: $passphrase)\n  }\n"): (typeof documents)["\n  mutation RenewOwnKey($passphrase: String!) {\n    renewOwnKey(passphrase: $passphrase)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangePassphrase($current: String!, $next: String!) {\n    changePassphrase(current: $current, next: $next)\n  }\n"): (typeof documents)["\n  mutation ChangePassphrase($current: String!, $next: String!) {\n    changePassphrase(current: $current, next: $next)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation OfferSecondFactor($passphrase: String!) {\n    offerSecondFactor(passphrase: $passphrase) {\n      uri\n      secret\n    }\n  }\n"): (typeof documents)["\n  mutation OfferSecondFactor($passphrase: String!) {\n    offerSecondFactor(passphrase: $passphrase) {\n      uri\n      secret\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EnrolSecondFactor($code: String!, $ceremony: ID) {\n    enrolSecondFactor(code: $code, ceremony: $ceremony) {\n      id\n      hasSecondFactor\n    }\n  }\n"): (typeof documents)["\n  mutation EnrolSecondFactor($code: String!, $ceremony: ID) {\n    enrolSecondFactor(code: $code, ceremony: $ceremony) {\n      id\n      hasSecondFactor\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveSecondFactor($passphrase: String!) {\n    removeSecondFactor(passphrase: $passphrase) {\n      id\n      hasSecondFactor\n    }\n  }\n"): (typeof documents)["\n  mutation RemoveSecondFactor($passphrase: String!) {\n    removeSecondFactor(passphrase: $passphrase) {\n      id\n      hasSecondFactor\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ShowSecondFactor($code: String!, $ceremony: ID!) {\n    showSecondFactor(code: $code, ceremony: $ceremony)\n  }\n"): (typeof documents)["\n  mutation ShowSecondFactor($code: String!, $ceremony: ID!) {\n    showSecondFactor(code: $code, ceremony: $ceremony)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OwnSecondFactor {\n    secondFactor {\n      hasTimeCode\n      passkeys {\n        id\n        name\n        added\n        lastUsed\n        isSynchronised\n      }\n    }\n  }\n"): (typeof documents)["\n  query OwnSecondFactor {\n    secondFactor {\n      hasTimeCode\n      passkeys {\n        id\n        name\n        added\n        lastUsed\n        isSynchronised\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddPasskey($passphrase: String!, $name: String!) {\n    addPasskey(passphrase: $passphrase, name: $name)\n  }\n"): (typeof documents)["\n  mutation AddPasskey($passphrase: String!, $name: String!) {\n    addPasskey(passphrase: $passphrase, name: $name)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AskPasskey($ceremony: ID!) {\n    askPasskey(ceremony: $ceremony)\n  }\n"): (typeof documents)["\n  mutation AskPasskey($ceremony: ID!) {\n    askPasskey(ceremony: $ceremony)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PasskeyDone($ticket: ID!) {\n    passkeyDone(ticket: $ticket) {\n      id\n      hasSecondFactor\n    }\n  }\n"): (typeof documents)["\n  mutation PasskeyDone($ticket: ID!) {\n    passkeyDone(ticket: $ticket) {\n      id\n      hasSecondFactor\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemovePasskey($passphrase: String!, $passkey: ID!) {\n    removePasskey(passphrase: $passphrase, passkey: $passkey) {\n      id\n      hasSecondFactor\n    }\n  }\n"): (typeof documents)["\n  mutation RemovePasskey($passphrase: String!, $passkey: ID!) {\n    removePasskey(passphrase: $passphrase, passkey: $passkey) {\n      id\n      hasSecondFactor\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation OpenPasskeyPage {\n    openPasskeyPage\n  }\n"): (typeof documents)["\n  mutation OpenPasskeyPage {\n    openPasskeyPage\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment WorkstationParts on Workstation {\n    state\n    version\n    training\n    keychain\n    lockAfterMinutes\n    look {\n      language\n      scheme\n    }\n    waiting {\n      alerts\n      tasks\n      at\n      calls\n      quiet\n      calledAt\n    }\n    update {\n      state\n      version\n      isOlder\n      canInstall\n      notes {\n        language\n        text\n      }\n      problem {\n        code\n        details {\n          name\n          value\n        }\n        message\n        retry\n      }\n    }\n    device\n    clinic {\n      chain\n      name\n      kind\n      own\n    }\n    staff {\n      id\n      name\n      role\n    }\n    signedIn {\n      id\n      name\n      role\n    }\n  }\n"): (typeof documents)["\n  fragment WorkstationParts on Workstation {\n    state\n    version\n    training\n    keychain\n    lockAfterMinutes\n    look {\n      language\n      scheme\n    }\n    waiting {\n      alerts\n      tasks\n      at\n      calls\n      quiet\n      calledAt\n    }\n    update {\n      state\n      version\n      isOlder\n      canInstall\n      notes {\n        language\n        text\n      }\n      problem {\n        code\n        details {\n          name\n          value\n        }\n        message\n        retry\n      }\n    }\n    device\n    clinic {\n      chain\n      name\n      kind\n      own\n    }\n    staff {\n      id\n      name\n      role\n    }\n    signedIn {\n      id\n      name\n      role\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WorkstationNow {\n    workstation {\n      ...WorkstationParts\n    }\n  }\n"): (typeof documents)["\n  query WorkstationNow {\n    workstation {\n      ...WorkstationParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription WorkstationChanged {\n    workstationChanged {\n      ...WorkstationParts\n    }\n  }\n"): (typeof documents)["\n  subscription WorkstationChanged {\n    workstationChanged {\n      ...WorkstationParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChooseLook($language: String, $scheme: ColorScheme) {\n    chooseLook(language: $language, scheme: $scheme) {\n      ...WorkstationParts\n    }\n  }\n"): (typeof documents)["\n  mutation ChooseLook($language: String, $scheme: ColorScheme) {\n    chooseLook(language: $language, scheme: $scheme) {\n      ...WorkstationParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation InstallUpdate {\n    installUpdate\n  }\n"): (typeof documents)["\n  mutation InstallUpdate {\n    installUpdate\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateClinic($input: CreateClinicInput!) {\n    createClinic(input: $input) {\n      ...WorkstationParts\n    }\n  }\n"): (typeof documents)["\n  mutation CreateClinic($input: CreateClinicInput!) {\n    createClinic(input: $input) {\n      ...WorkstationParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateSampleClinic($passphrase: String!) {\n    createSampleClinic(passphrase: $passphrase) {\n      ...WorkstationParts\n    }\n  }\n"): (typeof documents)["\n  mutation CreateSampleClinic($passphrase: String!) {\n    createSampleClinic(passphrase: $passphrase) {\n      ...WorkstationParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation JoinClinic($invitation: String!, $staffName: String!, $passphrase: String!) {\n    joinClinic(invitation: $invitation, staffName: $staffName, passphrase: $passphrase) {\n      ...WorkstationParts\n    }\n  }\n"): (typeof documents)["\n  mutation JoinClinic($invitation: String!, $staffName: String!, $passphrase: String!) {\n    joinClinic(invitation: $invitation, staffName: $staffName, passphrase: $passphrase) {\n      ...WorkstationParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RestoreBackup($folder: String!, $shares: [String!]!, $name: String!, $passphrase: String!) {\n    restoreBackup(folder: $folder, shares: $shares, name: $name, passphrase: $passphrase) {\n      ...WorkstationParts\n    }\n  }\n"): (typeof documents)["\n  mutation RestoreBackup($folder: String!, $shares: [String!]!, $name: String!, $passphrase: String!) {\n    restoreBackup(folder: $folder, shares: $shares, name: $name, passphrase: $passphrase) {\n      ...WorkstationParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Unlock($staff: ID!, $passphrase: String!) {\n    unlock(staff: $staff, passphrase: $passphrase) {\n      ...WorkstationParts\n    }\n  }\n"): (typeof documents)["\n  mutation Unlock($staff: ID!, $passphrase: String!) {\n    unlock(staff: $staff, passphrase: $passphrase) {\n      ...WorkstationParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Lock {\n    lock {\n      ...WorkstationParts\n    }\n  }\n"): (typeof documents)["\n  mutation Lock {\n    lock {\n      ...WorkstationParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PassphraseStrengthOf($passphrase: String!, $words: [String!]!) {\n    passphraseStrength(passphrase: $passphrase, words: $words) {\n      score\n      accepted\n      advice\n    }\n  }\n"): (typeof documents)["\n  query PassphraseStrengthOf($passphrase: String!, $words: [String!]!) {\n    passphraseStrength(passphrase: $passphrase, words: $words) {\n      score\n      accepted\n      advice\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ServeClinic($listen: String) {\n    serveClinic(listen: $listen) {\n      ...SyncParts\n    }\n  }\n"): (typeof documents)["\n  mutation ServeClinic($listen: String) {\n    serveClinic(listen: $listen) {\n      ...SyncParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation FollowClinicHost($address: String) {\n    followClinicHost(address: $address) {\n      ...SyncParts\n    }\n  }\n"): (typeof documents)["\n  mutation FollowClinicHost($address: String) {\n    followClinicHost(address: $address) {\n      ...SyncParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WhoDecidesOnTheClinicHost {\n    workstation {\n      signedIn {\n        role\n      }\n    }\n  }\n"): (typeof documents)["\n  query WhoDecidesOnTheClinicHost {\n    workstation {\n      signedIn {\n        role\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RegionPolicy {\n    regionPolicy {\n      sequence\n      rules\n      newestRules\n      hubKey\n      offeredHubKey\n      witnesses {\n        id\n        isOutside\n        name\n        cosignKey\n        cosignedAt\n        isOwn\n      }\n      approvalsNeeded\n      isWitness\n      hasOffered\n      offers {\n        chain\n        name\n        cosignKey\n      }\n      proposals {\n        id\n        type\n        witnesses {\n          id\n          isOutside\n          name\n          cosignKey\n          cosignedAt\n          isOwn\n        }\n        rules\n        hubKey\n        approvedBy\n        isApprovedHere\n      }\n    }\n  }\n"): (typeof documents)["\n  query RegionPolicy {\n    regionPolicy {\n      sequence\n      rules\n      newestRules\n      hubKey\n      offeredHubKey\n      witnesses {\n        id\n        isOutside\n        name\n        cosignKey\n        cosignedAt\n        isOwn\n      }\n      approvalsNeeded\n      isWitness\n      hasOffered\n      offers {\n        chain\n        name\n        cosignKey\n      }\n      proposals {\n        id\n        type\n        witnesses {\n          id\n          isOutside\n          name\n          cosignKey\n          cosignedAt\n          isOwn\n        }\n        rules\n        hubKey\n        approvedBy\n        isApprovedHere\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation OfferToWitness {\n    offerToWitness\n  }\n"): (typeof documents)["\n  mutation OfferToWitness {\n    offerToWitness\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ProposeWitnesses($witnesses: [WitnessInput!]!) {\n    proposeWitnesses(witnesses: $witnesses)\n  }\n"): (typeof documents)["\n  mutation ProposeWitnesses($witnesses: [WitnessInput!]!) {\n    proposeWitnesses(witnesses: $witnesses)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ProposeHubKey {\n    proposeHubKey\n  }\n"): (typeof documents)["\n  mutation ProposeHubKey {\n    proposeHubKey\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ProposeRules {\n    proposeRules\n  }\n"): (typeof documents)["\n  mutation ProposeRules {\n    proposeRules\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ApprovePolicy($id: ID!) {\n    approvePolicy(id: $id)\n  }\n"): (typeof documents)["\n  mutation ApprovePolicy($id: ID!) {\n    approvePolicy(id: $id)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WhetherTraining {\n    workstation {\n      training\n    }\n  }\n"): (typeof documents)["\n  query WhetherTraining {\n    workstation {\n      training\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation JoinRegion($invitation: String!) {\n    joinRegion(invitation: $invitation) {\n      ...SyncParts\n    }\n  }\n"): (typeof documents)["\n  mutation JoinRegion($invitation: String!) {\n    joinRegion(invitation: $invitation) {\n      ...SyncParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SyncNow {\n    syncNow {\n      ...SyncParts\n    }\n  }\n"): (typeof documents)["\n  mutation SyncNow {\n    syncNow {\n      ...SyncParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RegionMembers {\n    clinics {\n      chain\n      name\n      kind\n      own\n    }\n    devices {\n      id\n      kind\n      revoked\n      own\n      inUseTwice\n      copies {\n        epoch\n        blocks\n        state\n        here\n      }\n    }\n  }\n"): (typeof documents)["\n  query RegionMembers {\n    clinics {\n      chain\n      name\n      kind\n      own\n    }\n    devices {\n      id\n      kind\n      revoked\n      own\n      inUseTwice\n      copies {\n        epoch\n        blocks\n        state\n        here\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ClinicKeys {\n    clinicKeys {\n      ...ClinicKeyParts\n    }\n  }\n  fragment ClinicKeyParts on ClinicKeys {\n    signingKey\n    signingSince\n    encryptionKey\n    encryptionSince\n    rollsAt\n    earlier\n    keptDays\n    waiting {\n      who\n      type\n      at\n    }\n  }\n"): (typeof documents)["\n  query ClinicKeys {\n    clinicKeys {\n      ...ClinicKeyParts\n    }\n  }\n  fragment ClinicKeyParts on ClinicKeys {\n    signingKey\n    signingSince\n    encryptionKey\n    encryptionSince\n    rollsAt\n    earlier\n    keptDays\n    waiting {\n      who\n      type\n      at\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DiscardWaitingActs {\n    discardWaitingActs\n  }\n"): (typeof documents)["\n  mutation DiscardWaitingActs {\n    discardWaitingActs\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RollClinicKeys($passphrase: String!) {\n    rollClinicKeys(passphrase: $passphrase) {\n      ...ClinicKeyParts\n    }\n  }\n"): (typeof documents)["\n  mutation RollClinicKeys($passphrase: String!) {\n    rollClinicKeys(passphrase: $passphrase) {\n      ...ClinicKeyParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdmissionRequests {\n    admissionRequests {\n      chain\n      name\n      kind\n      fingerprint\n      receivedAt\n    }\n  }\n"): (typeof documents)["\n  query AdmissionRequests {\n    admissionRequests {\n      chain\n      name\n      kind\n      fingerprint\n      receivedAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ApproveAdmission($chain: ID!) {\n    approveAdmission(chain: $chain)\n  }\n"): (typeof documents)["\n  mutation ApproveAdmission($chain: ID!) {\n    approveAdmission(chain: $chain)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation InviteDevice($kind: String!) {\n    inviteDevice(kind: $kind)\n  }\n"): (typeof documents)["\n  mutation InviteDevice($kind: String!) {\n    inviteDevice(kind: $kind)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DeviceRequests {\n    deviceRequests {\n      device\n      kind\n      staffName\n      receivedAt\n    }\n  }\n"): (typeof documents)["\n  query DeviceRequests {\n    deviceRequests {\n      device\n      kind\n      staffName\n      receivedAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AdmitDevice($device: ID!, $role: String!) {\n    admitDevice(device: $device, role: $role)\n  }\n"): (typeof documents)["\n  mutation AdmitDevice($device: ID!, $role: String!) {\n    admitDevice(device: $device, role: $role)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RefuseDevice($device: ID!) {\n    refuseDevice(device: $device)\n  }\n"): (typeof documents)["\n  mutation RefuseDevice($device: ID!) {\n    refuseDevice(device: $device)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeDevice($device: ID!) {\n    revokeDevice(device: $device)\n  }\n"): (typeof documents)["\n  mutation RevokeDevice($device: ID!) {\n    revokeDevice(device: $device)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RetireCopy($device: ID!, $epoch: ID!) {\n    retireCopy(device: $device, epoch: $epoch)\n  }\n"): (typeof documents)["\n  mutation RetireCopy($device: ID!, $epoch: ID!) {\n    retireCopy(device: $device, epoch: $epoch)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation LetCopyGoOn {\n    letCopyGoOn {\n      ...SyncParts\n    }\n  }\n"): (typeof documents)["\n  mutation LetCopyGoOn {\n    letCopyGoOn {\n      ...SyncParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ExportBundle($folder: String!, $after: Float!, $clinic: ID) {\n    exportBundle(folder: $folder, after: $after, clinic: $clinic) {\n      path\n      bytes\n      from\n      size\n      pending\n      documents\n    }\n  }\n"): (typeof documents)["\n  mutation ExportBundle($folder: String!, $after: Float!, $clinic: ID) {\n    exportBundle(folder: $folder, after: $after, clinic: $clinic) {\n      path\n      bytes\n      from\n      size\n      pending\n      documents\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ImportBundle($path: String!) {\n    importBundle(path: $path) {\n      blocks\n      size\n      carried\n    }\n  }\n"): (typeof documents)["\n  mutation ImportBundle($path: String!) {\n    importBundle(path: $path) {\n      blocks\n      size\n      carried\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SyncParts on SyncState {\n    run\n    revision\n    connection\n    region {\n      id\n      name\n      address\n      hubKey\n    }\n    pendingEvents\n    pendingDocuments\n    replicaSize\n    hubSize\n    timeLeft\n    auditedSize\n    witnessedSize\n    witnessedAt\n    witnessesNeeded\n    witnesses\n    rulesNeeded\n    provedSize\n    splitViewDefence\n    lastContact\n    clockSkew\n    nextAttempt\n    problem {\n      code\n      details {\n        name\n        value\n      }\n      message\n      retry\n    }\n    witnessWaits\n    newEpoch {\n      why\n      at\n    }\n    inUseTwice\n    clinicHost {\n      role\n      listen\n      addresses\n      connected\n      lastContact\n      problem {\n        code\n        details {\n          name\n          value\n        }\n        message\n        retry\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment SyncParts on SyncState {\n    run\n    revision\n    connection\n    region {\n      id\n      name\n      address\n      hubKey\n    }\n    pendingEvents\n    pendingDocuments\n    replicaSize\n    hubSize\n    timeLeft\n    auditedSize\n    witnessedSize\n    witnessedAt\n    witnessesNeeded\n    witnesses\n    rulesNeeded\n    provedSize\n    splitViewDefence\n    lastContact\n    clockSkew\n    nextAttempt\n    problem {\n      code\n      details {\n        name\n        value\n      }\n      message\n      retry\n    }\n    witnessWaits\n    newEpoch {\n      why\n      at\n    }\n    inUseTwice\n    clinicHost {\n      role\n      listen\n      addresses\n      connected\n      lastContact\n      problem {\n        code\n        details {\n          name\n          value\n        }\n        message\n        retry\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SyncStateNow {\n    syncState {\n      ...SyncParts\n    }\n  }\n"): (typeof documents)["\n  query SyncStateNow {\n    syncState {\n      ...SyncParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription SyncChanged {\n    syncChanged {\n      ...SyncParts\n      alarms {\n        ...EvidenceParts\n      }\n      diskCheck {\n        ...DiskParts\n      }\n    }\n  }\n"): (typeof documents)["\n  subscription SyncChanged {\n    syncChanged {\n      ...SyncParts\n      alarms {\n        ...EvidenceParts\n      }\n      diskCheck {\n        ...DiskParts\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TaskParts on Task {\n    id\n    revision\n    what\n    state\n    urgent\n    role\n    covered\n    mine\n    due\n    overdue\n    asked\n    askedBy\n    about\n    by\n    at\n    reason\n    owner {\n      id\n      name\n    }\n    handed {\n      by\n      at\n      words\n    }\n    patient {\n      id\n      name\n      birthDate\n    }\n  }\n"): (typeof documents)["\n  fragment TaskParts on Task {\n    id\n    revision\n    what\n    state\n    urgent\n    role\n    covered\n    mine\n    due\n    overdue\n    asked\n    askedBy\n    about\n    by\n    at\n    reason\n    owner {\n      id\n      name\n    }\n    handed {\n      by\n      at\n      words\n    }\n    patient {\n      id\n      name\n      birthDate\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query TasksOf($whose: TaskScope!) {\n    tasks(whose: $whose) {\n      ...TaskParts\n    }\n  }\n"): (typeof documents)["\n  query TasksOf($whose: TaskScope!) {\n    tasks(whose: $whose) {\n      ...TaskParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PatientTasks($patient: ID!) {\n    patientTasks(patient: $patient) {\n      ...TaskParts\n    }\n  }\n"): (typeof documents)["\n  query PatientTasks($patient: ID!) {\n    patientTasks(patient: $patient) {\n      ...TaskParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query TaskStaff {\n    staffMembers {\n      id\n      name\n      role\n      revoked\n    }\n  }\n"): (typeof documents)["\n  query TaskStaff {\n    staffMembers {\n      id\n      name\n      role\n      revoked\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddTask($input: AddTaskInput!) {\n    addTask(input: $input) {\n      ...TaskParts\n    }\n  }\n"): (typeof documents)["\n  mutation AddTask($input: AddTaskInput!) {\n    addTask(input: $input) {\n      ...TaskParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EndTask($task: ID!, $revision: String!, $end: TaskEnd!, $reason: String) {\n    endTask(task: $task, revision: $revision, end: $end, reason: $reason) {\n      ...TaskParts\n    }\n  }\n"): (typeof documents)["\n  mutation EndTask($task: ID!, $revision: String!, $end: TaskEnd!, $reason: String) {\n    endTask(task: $task, revision: $revision, end: $end, reason: $reason) {\n      ...TaskParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation HandTask($task: ID!, $revision: String!, $owner: ID, $role: String, $reason: String) {\n    handTask(task: $task, revision: $revision, owner: $owner, role: $role, reason: $reason) {\n      ...TaskParts\n    }\n  }\n"): (typeof documents)["\n  mutation HandTask($task: ID!, $revision: String!, $owner: ID, $role: String, $reason: String) {\n    handTask(task: $task, revision: $revision, owner: $owner, role: $role, reason: $reason) {\n      ...TaskParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReopenTask($task: ID!, $revision: String!) {\n    reopenTask(task: $task, revision: $revision) {\n      ...TaskParts\n    }\n  }\n"): (typeof documents)["\n  mutation ReopenTask($task: ID!, $revision: String!) {\n    reopenTask(task: $task, revision: $revision) {\n      ...TaskParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query TeleConsentOf($patient: ID!) {\n    teleConsent(patient: $patient) {\n      patient\n      given\n      way\n      at\n      by\n      holds\n    }\n  }\n"): (typeof documents)["\n  query TeleConsentOf($patient: ID!) {\n    teleConsent(patient: $patient) {\n      patient\n      given\n      way\n      at\n      by\n      holds\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RecordTeleConsent($patient: ID!, $given: Boolean!, $way: ConsentWay!) {\n    recordTeleConsent(patient: $patient, given: $given, way: $way) {\n      patient\n      given\n      way\n      at\n      by\n      holds\n    }\n  }\n"): (typeof documents)["\n  mutation RecordTeleConsent($patient: ID!, $given: Boolean!, $way: ConsentWay!) {\n    recordTeleConsent(patient: $patient, given: $given, way: $way) {\n      patient\n      given\n      way\n      at\n      by\n      holds\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation OpenCall($patient: ID!) {\n    openCall(patient: $patient) {\n      id\n      link\n      kiosk\n      expires\n      ice {\n        urls\n        username\n        credential\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation OpenCall($patient: ID!) {\n    openCall(patient: $patient) {\n      id\n      link\n      kiosk\n      expires\n      ice {\n        urls\n        username\n        credential\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation HearCall($patient: ID!, $call: ID!) {\n    hearCall(patient: $patient, call: $call) {\n      joined\n      signals {\n        kind\n        from\n        offer\n        sdp\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation HearCall($patient: ID!, $call: ID!) {\n    hearCall(patient: $patient, call: $call) {\n      joined\n      signals {\n        kind\n        from\n        offer\n        sdp\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation OfferCall($patient: ID!, $call: ID!, $to: String!, $sdp: String!) {\n    offerCall(patient: $patient, call: $call, to: $to, sdp: $sdp)\n  }\n"): (typeof documents)["\n  mutation OfferCall($patient: ID!, $call: ID!, $to: String!, $sdp: String!) {\n    offerCall(patient: $patient, call: $call, to: $to, sdp: $sdp)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CloseCall($patient: ID!, $call: ID!) {\n    closeCall(patient: $patient, call: $call)\n  }\n"): (typeof documents)["\n  mutation CloseCall($patient: ID!, $call: ID!) {\n    closeCall(patient: $patient, call: $call)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CallStaff {\n    me {\n      id\n      name\n    }\n  }\n"): (typeof documents)["\n  query CallStaff {\n    me {\n      id\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ConsultFacts on Consult {\n    id\n    clinic\n    at\n    complete\n    patientName\n    birthDate\n    question\n    askedBy\n    filed\n    parts {\n      section\n      title\n      date\n      value\n    }\n    pictures {\n      name\n      type\n    }\n    answer {\n      text\n      by\n      at\n    }\n  }\n"): (typeof documents)["\n  fragment ConsultFacts on Consult {\n    id\n    clinic\n    at\n    complete\n    patientName\n    birthDate\n    question\n    askedBy\n    filed\n    parts {\n      section\n      title\n      date\n      value\n    }\n    pictures {\n      name\n      type\n    }\n    answer {\n      text\n      by\n      at\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConsultsOf($patient: ID!) {\n    consultsOf(patient: $patient) {\n      ...ConsultFacts\n    }\n  }\n"): (typeof documents)["\n  query ConsultsOf($patient: ID!) {\n    consultsOf(patient: $patient) {\n      ...ConsultFacts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConsultsReceived {\n    consultsReceived {\n      ...ConsultFacts\n    }\n  }\n"): (typeof documents)["\n  query ConsultsReceived {\n    consultsReceived {\n      ...ConsultFacts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConsultPicture($consult: ID!, $index: Int!) {\n    consultPicture(consult: $consult, index: $index)\n  }\n"): (typeof documents)["\n  query ConsultPicture($consult: ID!, $index: Int!) {\n    consultPicture(consult: $consult, index: $index)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AskConsult($input: AskConsultInput!, $passphrase: String!) {\n    askConsult(input: $input, passphrase: $passphrase) {\n      ...ConsultFacts\n    }\n  }\n"): (typeof documents)["\n  mutation AskConsult($input: AskConsultInput!, $passphrase: String!) {\n    askConsult(input: $input, passphrase: $passphrase) {\n      ...ConsultFacts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AnswerConsult($consult: ID!, $answer: String!, $passphrase: String!) {\n    answerConsult(consult: $consult, answer: $answer, passphrase: $passphrase) {\n      ...ConsultFacts\n    }\n  }\n"): (typeof documents)["\n  mutation AnswerConsult($consult: ID!, $answer: String!, $passphrase: String!) {\n    answerConsult(consult: $consult, answer: $answer, passphrase: $passphrase) {\n      ...ConsultFacts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation FileConsult($patient: ID!, $consult: ID!) {\n    fileConsult(patient: $patient, consult: $consult) {\n      ...ConsultFacts\n    }\n  }\n"): (typeof documents)["\n  mutation FileConsult($patient: ID!, $consult: ID!) {\n    fileConsult(patient: $patient, consult: $consult) {\n      ...ConsultFacts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConsultClinics {\n    clinics {\n      chain\n      name\n      own\n    }\n  }\n"): (typeof documents)["\n  query ConsultClinics {\n    clinics {\n      chain\n      name\n      own\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CasePacks($patient: ID!) {\n    casePacks(patient: $patient) {\n      link\n      recipient\n      at\n      expires\n      by\n      state\n      openedAt\n      openedBy\n    }\n  }\n"): (typeof documents)["\n  query CasePacks($patient: ID!) {\n    casePacks(patient: $patient) {\n      link\n      recipient\n      at\n      expires\n      by\n      state\n      openedAt\n      openedBy\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation MakeCasePack($input: CasePackInput!, $passphrase: String!) {\n    makeCasePack(input: $input, passphrase: $passphrase) {\n      url\n      code\n    }\n  }\n"): (typeof documents)["\n  mutation MakeCasePack($input: CasePackInput!, $passphrase: String!) {\n    makeCasePack(input: $input, passphrase: $passphrase) {\n      url\n      code\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EndCasePack($patient: ID!, $link: ID!) {\n    endCasePack(patient: $patient, link: $link)\n  }\n"): (typeof documents)["\n  mutation EndCasePack($patient: ID!, $link: ID!) {\n    endCasePack(patient: $patient, link: $link)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment NoteParts on TeleNote {\n    id\n    patient\n    version\n    participants\n    modality\n    place\n    consentToTreatment\n    assessment\n    plan\n    startedAt\n    signedBy\n    signedAt\n    amendmentReason\n    text\n    progress\n  }\n"): (typeof documents)["\n  fragment NoteParts on TeleNote {\n    id\n    patient\n    version\n    participants\n    modality\n    place\n    consentToTreatment\n    assessment\n    plan\n    startedAt\n    signedBy\n    signedAt\n    amendmentReason\n    text\n    progress\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NotesOf($patient: ID!) {\n    teleNotes(patient: $patient) {\n      ...NoteParts\n    }\n  }\n"): (typeof documents)["\n  query NotesOf($patient: ID!) {\n    teleNotes(patient: $patient) {\n      ...NoteParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NoteText($input: TeleNoteInput!) {\n    teleNoteText(input: $input)\n  }\n"): (typeof documents)["\n  query NoteText($input: TeleNoteInput!) {\n    teleNoteText(input: $input)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignNote($input: TeleNoteInput!, $passphrase: String!) {\n    signTeleNote(input: $input, passphrase: $passphrase) {\n      ...NoteParts\n    }\n  }\n"): (typeof documents)["\n  mutation SignNote($input: TeleNoteInput!, $passphrase: String!) {\n    signTeleNote(input: $input, passphrase: $passphrase) {\n      ...NoteParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NameOf($patient: ID!) {\n    patient(id: $patient) {\n      id\n      name\n      shared\n    }\n  }\n"): (typeof documents)["\n  query NameOf($patient: ID!) {\n    patient(id: $patient) {\n      id\n      name\n      shared\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TrainingParts on Training {\n    beganAt\n    points\n    mostPoints\n    patient {\n      ...TrainingPersonParts\n    }\n    namesake {\n      ...TrainingPersonParts\n    }\n    emergency {\n      ...TrainingPersonParts\n    }\n    watched {\n      ...TrainingPersonParts\n    }\n    tasks {\n      ...TrainingTaskParts\n    }\n  }\n"): (typeof documents)["\n  fragment TrainingParts on Training {\n    beganAt\n    points\n    mostPoints\n    patient {\n      ...TrainingPersonParts\n    }\n    namesake {\n      ...TrainingPersonParts\n    }\n    emergency {\n      ...TrainingPersonParts\n    }\n    watched {\n      ...TrainingPersonParts\n    }\n    tasks {\n      ...TrainingTaskParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TrainingPersonParts on TrainingPerson {\n    id\n    name\n    birthDate\n    number\n  }\n"): (typeof documents)["\n  fragment TrainingPersonParts on TrainingPerson {\n    id\n    name\n    birthDate\n    number\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TrainingTaskParts on TrainingJudgement {\n    task\n    doneAt\n    mistakes\n    points\n  }\n"): (typeof documents)["\n  fragment TrainingTaskParts on TrainingJudgement {\n    task\n    doneAt\n    mistakes\n    points\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query TrainingNow {\n    training {\n      ...TrainingParts\n    }\n  }\n"): (typeof documents)["\n  query TrainingNow {\n    training {\n      ...TrainingParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation BeginTraining {\n    beginTraining {\n      ...TrainingParts\n    }\n  }\n"): (typeof documents)["\n  mutation BeginTraining {\n    beginTraining {\n      ...TrainingParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignTrainingRecord($name: String!, $passphrase: String!) {\n    signTrainingRecord(name: $name, passphrase: $passphrase) {\n      fileName\n      json\n    }\n  }\n"): (typeof documents)["\n  mutation SignTrainingRecord($name: String!, $passphrase: String!) {\n    signTrainingRecord(name: $name, passphrase: $passphrase) {\n      fileName\n      json\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query TrainingRecords {\n    trainingRecords {\n      id\n      name\n      trainingClinic\n      signedAt\n      points\n      mostPoints\n      keptBy\n      keptAt\n      tasks {\n        ...TrainingTaskParts\n      }\n    }\n  }\n"): (typeof documents)["\n  query TrainingRecords {\n    trainingRecords {\n      id\n      name\n      trainingClinic\n      signedAt\n      points\n      mostPoints\n      keptBy\n      keptAt\n      tasks {\n        ...TrainingTaskParts\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation KeepTrainingRecord($file: String!, $passphrase: String!) {\n    keepTrainingRecord(file: $file, passphrase: $passphrase) {\n      id\n    }\n  }\n"): (typeof documents)["\n  mutation KeepTrainingRecord($file: String!, $passphrase: String!) {\n    keepTrainingRecord(file: $file, passphrase: $passphrase) {\n      id\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DemonstrateTampering($how: Tampering!) {\n    demonstrateTampering(how: $how) {\n      acts\n      documents\n      faults\n      milliseconds\n    }\n  }\n"): (typeof documents)["\n  mutation DemonstrateTampering($how: Tampering!) {\n    demonstrateTampering(how: $how) {\n      acts\n      documents\n      faults\n      milliseconds\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription Changed {\n    changed {\n      patients\n      records\n      topics\n    }\n  }\n"): (typeof documents)["\n  subscription Changed {\n    changed {\n      patients\n      records\n      topics\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment VisitParts on Visit {\n    id\n    revision\n    kind\n    urgent\n    stage\n    reason\n    start\n    end\n    arrivedAt\n    since\n    room\n    steps\n    undoable\n    replannable\n    movable\n    contested\n    clinician {\n      id\n      name\n    }\n    patient {\n      id\n      name\n      birthDate\n      deceased\n    }\n  }\n"): (typeof documents)["\n  fragment VisitParts on Visit {\n    id\n    revision\n    kind\n    urgent\n    stage\n    reason\n    start\n    end\n    arrivedAt\n    since\n    room\n    steps\n    undoable\n    replannable\n    movable\n    contested\n    clinician {\n      id\n      name\n    }\n    patient {\n      id\n      name\n      birthDate\n      deceased\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query VisitsOfDay($day: String!) {\n    visits(day: $day) {\n      ...VisitParts\n    }\n  }\n"): (typeof documents)["\n  query VisitsOfDay($day: String!) {\n    visits(day: $day) {\n      ...VisitParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WarningsOfDay($day: String!) {\n    visitWarnings(day: $day) {\n      visit\n      warnings\n    }\n  }\n"): (typeof documents)["\n  query WarningsOfDay($day: String!) {\n    visitWarnings(day: $day) {\n      visit\n      warnings\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query VisitHistory($visit: ID!) {\n    visitHistory(visit: $visit) {\n      stage\n      by\n      at\n      back\n      planned\n    }\n  }\n"): (typeof documents)["\n  query VisitHistory($visit: ID!) {\n    visitHistory(visit: $visit) {\n      stage\n      by\n      at\n      back\n      planned\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query VisitStaff {\n    me {\n      id\n    }\n    staffMembers {\n      id\n      name\n      role\n      revoked\n    }\n  }\n"): (typeof documents)["\n  query VisitStaff {\n    me {\n      id\n    }\n    staffMembers {\n      id\n      name\n      role\n      revoked\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddVisit($input: AddVisitInput!, $evenSo: Boolean!) {\n    addVisit(input: $input, evenSo: $evenSo) {\n      visit {\n        ...VisitParts\n      }\n      overlaps {\n        ...VisitParts\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation AddVisit($input: AddVisitInput!, $evenSo: Boolean!) {\n    addVisit(input: $input, evenSo: $evenSo) {\n      visit {\n        ...VisitParts\n      }\n      overlaps {\n        ...VisitParts\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReplanVisit($visit: ID!, $revision: String!, $input: ReplanVisitInput!, $evenSo: Boolean!) {\n    replanVisit(visit: $visit, revision: $revision, input: $input, evenSo: $evenSo) {\n      visit {\n        ...VisitParts\n      }\n      overlaps {\n        ...VisitParts\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ReplanVisit($visit: ID!, $revision: String!, $input: ReplanVisitInput!, $evenSo: Boolean!) {\n    replanVisit(visit: $visit, revision: $revision, input: $input, evenSo: $evenSo) {\n      visit {\n        ...VisitParts\n      }\n      overlaps {\n        ...VisitParts\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation MoveVisit($visit: ID!, $revision: String!, $step: VisitStep!, $room: String) {\n    moveVisit(visit: $visit, revision: $revision, step: $step, room: $room) {\n      ...VisitParts\n    }\n  }\n"): (typeof documents)["\n  mutation MoveVisit($visit: ID!, $revision: String!, $step: VisitStep!, $room: String) {\n    moveVisit(visit: $visit, revision: $revision, step: $step, room: $room) {\n      ...VisitParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UndoVisitStep($visit: ID!, $revision: String!) {\n    undoVisitStep(visit: $visit, revision: $revision) {\n      ...VisitParts\n    }\n  }\n"): (typeof documents)["\n  mutation UndoVisitStep($visit: ID!, $revision: String!) {\n    undoVisitStep(visit: $visit, revision: $revision) {\n      ...VisitParts\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;