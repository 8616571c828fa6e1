/** A video visit at the kiosk: it waits until the clinic has called, and lets in who opened the session with card and PIN. */
import { useApolloClient, useQuery } from '@apollo/client/react';
import { Text } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CallLink, readCallLink } from '../../shared/telemedicine/call-signal.ts';
import { graphql } from '../generated/kiosk/gql.ts';
import { visitLanguage, visitWords } from '../language/visit-words.ts';
import { closeMedia } from '../parts/call/call-media.ts';
import { useCameraGate } from '../parts/camera/camera-gate.ts';
import { refusalOf } from '../parts/words/service-error.ts';
import { type AskRoom, GUEST_BEGINS, GuestCall, type GuestScene, RoomRefusal } from '../visit/guest-call.ts';
import { VISIT_ENDS, VisitBefore, VisitDuring } from '../visit/visit-steps.tsx';
import { KioskPage, Refused, ScreenTitle } from './kiosk-parts.tsx';

const videoVisitNow = graphql(`
  query VideoVisitNow {
    videoVisit
  }
`);
const visitSignals = graphql(`
  query VisitSignals($room: String!, $seat: String!, $after: Float!) {
    visitSignals(room: $room, seat: $seat, after: $after) {
      sequence
      body
    }
  }
`);
const joinVisit = graphql(`
  mutation JoinVisit($room: String!, $token: String!) {
    joinVisit(room: $room, token: $token) {
      seat
      ice {
        urls
        username
        credential
      }
    }
  }
`);
const sayInVisit = graphql(`
  mutation SayInVisit($room: String!, $seat: String!, $body: String!) {
    sayInVisit(room: $room, seat: $seat, body: $body)
  }
`);

const ASK_AGAIN_MS = 3_000;

/** @param onTalking whether a call is held, so that nobody is sent away for not touching the glass */
export function KioskVideoVisit({ onTalking }: { onTalking: (talking: boolean) => void }) {
  const { t } = useTranslation('kiosk');
  const [link, setLink] = useState<CallLink | undefined>();
  const asked = useQuery(videoVisitNow, {
    pollInterval: link ? 0 : ASK_AGAIN_MS,
    fetchPolicy: 'network-only',
    skip: link !== undefined,
  });
  const waiting = asked.data?.videoVisit;
  useEffect(() => {
    if (waiting) setLink(readCallLink(waiting));
  }, [waiting]);
  if (link) return <OpenVisit link={link} onTalking={onTalking} />;
  if (asked.error)
    return (
      <KioskPage>
        <Refused title={t('frame.notShown')} error={asked.error} onAgain={() => void asked.refetch()} />
      </KioskPage>
    );
  return (
    <KioskPage>
      <ScreenTitle>{t('visit.home')}</ScreenTitle>
      <Text fw={600} role="status">
        {t('visit.none')}
      </Text>
      <Text>{t('visit.noneHint')}</Text>
    </KioskPage>
  );
}

function OpenVisit({ link, onTalking }: { link: CallLink; onTalking: (talking: boolean) => void }) {
  const { t, i18n } = useTranslation('kiosk');
  const words = visitWords[visitLanguage([i18n.language])];
  const gate = useCameraGate();
  const ask = useAskRoom();
  const [media, setMedia] = useState<MediaStream | null>(null);
  const [call, setCall] = useState<GuestCall | null>(null);
  const [scene, setScene] = useState<GuestScene>(GUEST_BEGINS);
  const held = useRef<{ call: GuestCall | null; media: MediaStream | null }>({ call, media });
  held.current = { call, media };
  const isTalking = call !== null && !VISIT_ENDS.has(scene.state);
  useEffect(() => {
    onTalking(isTalking);
    if (call !== null && !isTalking) closeMedia(media ?? undefined);
  }, [onTalking, isTalking, call, media]);
  // Whoever goes back or is done leaves the visit, and the camera goes off.
  useEffect(
    () => () => {
      onTalking(false);
      void held.current.call?.hangUp();
      closeMedia(held.current.media ?? undefined);
      void gate(false);
    },
    [onTalking, gate],
  );
  const join = (stream: MediaStream): void => {
    const begun = new GuestCall(link, stream, setScene, ask);
    setCall(begun);
    void begun.join();
  };
  return (
    <KioskPage>
      <ScreenTitle>{words.title}</ScreenTitle>
      <div className="call kiosk-visit">
        {call && media ? (
          <VisitDuring words={words} call={call} scene={scene} media={media} />
        ) : (
          <VisitBefore words={words} media={media} onMedia={setMedia} onJoin={join} gate={gate} />
        )}
      </div>
      <Text size="sm" c="dimmed">
        {t('visit.trust')}
      </Text>
    </KioskPage>
  );
}

/** The room's questions by way of the patient's session, which asks the hub. */
function useAskRoom(): AskRoom {
  const client = useApolloClient();
  return useMemo(
    () =>
      async <Answer,>(asked: Parameters<AskRoom>[0], wish: Parameters<AskRoom>[1]): Promise<Answer> => {
        const { room, seat = '', token = '', body = '', after = 0 } = wish;
        try {
          if (asked === 'join') {
            const { data } = await client.mutate({ mutation: joinVisit, variables: { room, token } });
            return data?.joinVisit as Answer;
          }
          if (asked === 'send')
            return (await client.mutate({ mutation: sayInVisit, variables: { room, seat, body } })).data as Answer;
          const { data } = await client.query({ query: visitSignals, variables: { room, seat, after }, fetchPolicy: 'no-cache' });
          return { signals: data?.visitSignals ?? [] } as Answer;
        } catch (error) {
          const { code } = refusalOf(error);
          // The hub said no; anything else is a line that may come back.
          throw code.startsWith('call.') ? new RoomRefusal(code) : error;
        }
      },
    [client],
  );
}
