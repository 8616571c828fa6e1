/** What the ledger screen asks of the device service. */
import { graphql } from '../../generated/gql.ts';

graphql(`
  fragment BlockParts on LedgerBlock {
    position
    hash
    chain
    clinic
    device
    epoch
    height
    time
    bytes
    progress
    audited
    events {
      type
      handle
      author
      personal
      time
      verdict
      reason
    }
  }
`);

graphql(`
  fragment DiskParts on DiskCheck {
    finishedAt
    faults {
      part
      count
    }
  }
`);

export const newestBlocks = graphql(`
  query NewestBlocks($before: Float, $limit: Int!) {
    ledgerBlocks(before: $before, limit: $limit) {
      ...BlockParts
    }
  }
`);

export const blockAt = graphql(`
  query BlockAt($position: Float!) {
    ledgerBlock(position: $position) {
      ...BlockParts
    }
  }
`);

export const inclusionOf = graphql(`
  query InclusionOf($position: Float!) {
    inclusion(position: $position) {
      position
      size
      leaf
      root
      nodes
      valid
      checkpoint
    }
  }
`);

export const ledgerState = graphql(`
  query LedgerState {
    syncState {
      run
      revision
      replicaSize
      historyFrom
      auditedSize
      witnessedSize
      witnessedAt
      pendingEvents
    }
  }
`);

/** Live, by the subscription of the sync state. */
export const diskState = graphql(`
  query DiskState {
    syncState {
      diskCheck {
        ...DiskParts
      }
    }
  }
`);

export const unfinishedFileStore = graphql(`
  query UnfinishedFileStore {
    unfinishedFileStore {
      files
      bytes
      keptDays
    }
  }
`);
