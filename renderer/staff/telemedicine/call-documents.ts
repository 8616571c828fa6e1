/** What a video visit asks of the vault. */
import { graphql } from '../../generated/gql.ts';

export const teleConsentOf = graphql(`
  query TeleConsentOf($patient: ID!) {
    teleConsent(patient: $patient) {
      patient
      given
      way
      at
      by
      holds
    }
  }
`);

export const recordTeleConsent = graphql(`
  mutation RecordTeleConsent($patient: ID!, $given: Boolean!, $way: ConsentWay!) {
    recordTeleConsent(patient: $patient, given: $given, way: $way) {
      patient
      given
      way
      at
      by
      holds
    }
  }
`);

export const openCall = graphql(`
  mutation OpenCall($patient: ID!) {
    openCall(patient: $patient) {
      id
      link
      kiosk
      expires
      ice {
        urls
        username
        credential
      }
    }
  }
`);

export const hearCall = graphql(`
  mutation HearCall($patient: ID!, $call: ID!) {
    hearCall(patient: $patient, call: $call) {
      joined
      signals {
        kind
        from
        offer
        sdp
      }
    }
  }
`);

export const offerCall = graphql(`
  mutation OfferCall($patient: ID!, $call: ID!, $to: String!, $sdp: String!) {
    offerCall(patient: $patient, call: $call, to: $to, sdp: $sdp)
  }
`);

export const closeCall = graphql(`
  mutation CloseCall($patient: ID!, $call: ID!) {
    closeCall(patient: $patient, call: $call)
  }
`);

export const callStaff = graphql(`
  query CallStaff {
    me {
      id
      name
    }
  }
`);
