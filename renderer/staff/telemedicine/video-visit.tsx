import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { Alert, Badge, Button, Group, ScrollArea, Stack, Text, Title } from '@mantine/core';
import { IconMicrophone, IconMicrophoneOff, IconPhoneOff, IconShieldCheck, IconVideo, IconVideoOff } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import type { OpenCallMutation } from '../../generated/graphql.ts';
import { type CallPatient, useCallDesk } from '../../parts/call/call-desk.ts';
import { closeMedia } from '../../parts/call/call-media.ts';
import { useSignedIn } from '../../parts/signed-in.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { CallConsent } from './call-consent.tsx';
import { callStaff, openCall } from './call-documents.ts';
import { CallLink } from './call-link.tsx';
import { CALL_BEGINS, type CallScene, ClinicCall } from './clinic-call.ts';
import { DeviceCheck, Picture } from './device-check.tsx';
import { notesOf } from './note-documents.ts';
import { NoteWriting } from './note-form.tsx';
import styles from './video-visit.module.css';

interface Held {
  readonly call: OpenCallMutation['openCall'];
  readonly line: ClinicCall;
  readonly media: MediaStream;
}

/** A video visit beside whatever screen is looked at: consent, own picture, the patient's link, the call, and the note under it. */
export function VideoVisit({ patient }: { patient: CallPatient }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { end } = useCallDesk();
  const signs = mayDo(useSignedIn().role, 'note.sign');
  const [consented, setConsented] = useState(false);
  const [held, setHeld] = useState<Held | null>(null);
  const [scene, setScene] = useState<CallScene>(CALL_BEGINS);
  const [begin, beginning] = useMutation(openCall);
  const now = useRef<Held | null>(null);
  now.current = held;
  useEffect(
    () => () => {
      closeMedia(now.current?.media);
      void now.current?.line.close();
    },
    [],
  );

  const start = async (media: MediaStream): Promise<void> => {
    // Camera and microphone stay on while somebody asks for a new link.
    await held?.line.close();
    const answer = await begin({ variables: { patient: patient.id } }).catch(() => undefined);
    const call = answer?.data?.openCall;
    if (!call) return held ? undefined : closeMedia(media);
    setScene(CALL_BEGINS);
    setHeld({ call, media, line: new ClinicCall(client, patient.id, call, media, setScene) });
  };

  return (
    <Stack h="100%" gap={0}>
      <Group justify="space-between" p="sm" wrap="nowrap">
        <div>
          <Title order={2}>{t('call.title')}</Title>
          <Text size="sm">{patient.name}</Text>
        </div>
        <Button
          color={held ? 'red' : undefined}
          variant={held ? 'filled' : 'default'}
          leftSection={held ? <IconPhoneOff size={16} aria-hidden /> : undefined}
          onClick={end}
        >
          {held ? t('call.hangUp') : t('actions.cancel')}
        </Button>
      </Group>
      <ScrollArea flex={1} px="sm" pb="sm">
        <Stack gap="md">
          {beginning.error ? <ErrorNotice error={beginning.error} /> : null}
          {consented ? null : <CallConsent patient={patient.id} onConsent={() => setConsented(true)} />}
          {consented && !held ? <DeviceCheck busy={beginning.loading} onReady={(media) => void start(media)} /> : null}
          {held ? <Live held={held} scene={scene} onNewLink={() => void start(held.media)} /> : null}
          {held && signs ? <Note patient={patient} /> : null}
        </Stack>
      </ScrollArea>
    </Stack>
  );
}

const AWAITED: ReadonlySet<CallScene['state']> = new Set(['inviting', 'left', 'over']);

function Live({ held, scene, onNewLink }: { held: Held; scene: CallScene; onNewLink: () => void }) {
  const { t } = useTranslation();
  const [sound, setSound] = useState(true);
  const [picture, setPicture] = useState(held.media.getVideoTracks().length > 0);
  const hasCamera = held.media.getVideoTracks().length > 0;
  const isPictureOn = picture && !scene.soundOnly;
  return (
    <Stack gap="sm">
      <div className={styles.stage}>
        {scene.remote && scene.state === 'connected' ? (
          <Picture stream={scene.remote} label={t('call.patientPicture')} />
        ) : (
          <Text className={styles.words}>{t(`call.state.${scene.state}`)}</Text>
        )}
        {isPictureOn ? (
          <div className={styles.own}>
            <Picture stream={held.media} mirrored label={t('call.ownPicture')} />
          </div>
        ) : null}
      </div>
      <Group gap="xs" justify="space-between">
        <Badge role="status" color={scene.state === 'connected' ? 'lagoon' : 'orange'}>
          {t(`call.stateShort.${scene.state}`)}
        </Badge>
        <Group gap="xs">
          <Button
            variant="default"
            aria-pressed={!sound}
            leftSection={sound ? <IconMicrophone size={16} aria-hidden /> : <IconMicrophoneOff size={16} aria-hidden />}
            onClick={() => {
              held.line.sendSound(!sound);
              setSound(!sound);
            }}
          >
            {t(sound ? 'call.mute' : 'call.unmute')}
          </Button>
          <Button
            variant="default"
            disabled={!hasCamera}
            leftSection={isPictureOn ? <IconVideo size={16} aria-hidden /> : <IconVideoOff size={16} aria-hidden />}
            onClick={() => {
              held.line.sendPicture(!isPictureOn);
              setPicture(!isPictureOn);
            }}
          >
            {t(isPictureOn ? 'call.pictureOff' : 'call.pictureOn')}
          </Button>
        </Group>
      </Group>
      {scene.soundOnly ? <Alert color="orange">{t('call.poorLine')}</Alert> : null}
      {scene.error ? <ErrorNotice error={scene.error} /> : null}
      {AWAITED.has(scene.state) ? <CallLink call={held.call} isUsed={scene.state !== 'inviting'} onNew={onNewLink} /> : null}
      <Group gap={6} wrap="nowrap" align="flex-start">
        <IconShieldCheck size={16} aria-hidden style={{ flex: 'none' }} />
        <Text size="xs" c="dimmed">
          {t('call.trust')}
        </Text>
      </Group>
    </Stack>
  );
}

/** The note of this visit, written while it goes on. */
function Note({ patient }: { patient: CallPatient }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const me = useQuery(callStaff).data?.me.name;
  const [signed, setSigned] = useState(false);
  if (signed) return <Alert color="lagoon">{t('call.noteSigned')}</Alert>;
  if (me === undefined) return null;
  return (
    <Stack gap="xs" component="section" aria-label={t('call.note')}>
      <Title order={3}>{t('call.note')}</Title>
      <NoteWriting
        patient={patient.id}
        known={{ modality: 'VIDEO', consented: true, participants: [me, patient.name].join('\n') }}
        columns={1}
        onSigned={() => {
          setSigned(true);
          void client.refetchQueries({ include: [notesOf] });
        }}
      />
    </Stack>
  );
}
