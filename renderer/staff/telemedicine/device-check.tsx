import { Alert, Button, Checkbox, Group, Progress, Select, Stack, Text } from '@mantine/core';
import { IconMicrophone, IconVideo } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { closeMedia, listen, type MediaFault, mediaDevices, NoMedia, openMedia } from '../../parts/call/call-media.ts';
import { useCameraGate } from '../../parts/camera/camera-gate.ts';
import styles from './video-visit.module.css';

interface DeviceCheckProps {
  readonly busy: boolean;
  /** The stream is the caller's from now on. */
  readonly onReady: (stream: MediaStream) => void;
}

interface DeviceChoice {
  /** Ids of devices; '' for the one that the browser takes. */
  readonly camera: string;
  readonly microphone: string;
  readonly withPicture: boolean;
}

interface OwnStream {
  readonly stream: MediaStream | null;
  readonly fault: MediaFault | null;
  readonly pictureFault: MediaFault | null;
  /** How loud it is, 0 to 1. */
  readonly level: number;
  readonly devices: { readonly cameras: readonly MediaDeviceInfo[]; readonly microphones: readonly MediaDeviceInfo[] };
  /** The stream stays open when this is over: somebody else closes it. */
  readonly handOver: () => void;
}

/** Camera and microphone, opened anew with each choice and closed at the end. */
function useOwnStream(choice: DeviceChoice): OwnStream {
  const gate = useCameraGate();
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [fault, setFault] = useState<MediaFault | null>(null);
  const [pictureFault, setPictureFault] = useState<MediaFault | null>(null);
  const [level, setLevel] = useState(0);
  const [devices, setDevices] = useState<OwnStream['devices']>({ cameras: [], microphones: [] });
  const handedOver = useRef(false);

  useEffect(() => {
    let isOver = false;
    let opened: MediaStream | undefined;
    let endListening = (): void => undefined;
    const open = async (): Promise<void> => {
      await gate(true, true);
      const media = await openMedia(choice).catch((error: unknown) => error as NoMedia);
      if (isOver) return media instanceof NoMedia ? undefined : closeMedia(media.stream);
      if (media instanceof NoMedia) return setFault(media.fault);
      opened = media.stream;
      endListening = listen(opened, setLevel);
      setFault(null);
      setPictureFault(media.pictureFault ?? null);
      setStream(opened);
      setDevices({ cameras: await mediaDevices('videoinput'), microphones: await mediaDevices('audioinput') });
    };
    void open();
    return () => {
      isOver = true;
      endListening();
      setStream(null);
      if (!handedOver.current) closeMedia(opened);
    };
  }, [choice, gate]);
  const handOver = (): void => {
    handedOver.current = true;
  };
  return { stream, fault, pictureFault, level, devices, handOver };
}

/** What the other end will see and hear, before anybody does. */
export function DeviceCheck({ busy, onReady }: DeviceCheckProps) {
  const { t } = useTranslation();
  const [choice, setChoice] = useState<DeviceChoice>({ camera: '', microphone: '', withPicture: true });
  const { stream, fault, pictureFault, level, devices, handOver } = useOwnStream(choice);
  const options = (list: readonly MediaDeviceInfo[]) =>
    list.map(({ deviceId, label }, at) => ({ value: deviceId, label: label || `${at + 1}` }));
  return (
    <Stack gap="sm">
      <div className={styles.stage}>
        {stream && stream.getVideoTracks().length > 0 ? <Picture stream={stream} mirrored label={t('call.ownPicture')} /> : null}
        {stream && stream.getVideoTracks().length === 0 ? <span>{t('call.noPicture')}</span> : null}
      </div>
      {fault ? (
        <Alert color="orange" role="alert">
          {t(`call.microphone.${fault}`)}
        </Alert>
      ) : null}
      {pictureFault ? <Alert color="orange">{t(`call.camera.${pictureFault}`)}</Alert> : null}
      <Group gap="xs" wrap="nowrap">
        <IconMicrophone size={16} aria-hidden />
        <Progress value={100 * level} flex={1} aria-label={t('call.level')} />
      </Group>
      <Select
        label={t('call.cameraChoice')}
        leftSection={<IconVideo size={16} aria-hidden />}
        data={options(devices.cameras)}
        value={choice.camera || devices.cameras[0]?.deviceId || null}
        onChange={(camera) => setChoice({ ...choice, camera: camera ?? '' })}
        disabled={devices.cameras.length < 2}
      />
      <Select
        label={t('call.microphoneChoice')}
        leftSection={<IconMicrophone size={16} aria-hidden />}
        data={options(devices.microphones)}
        value={choice.microphone || devices.microphones[0]?.deviceId || null}
        onChange={(microphone) => setChoice({ ...choice, microphone: microphone ?? '' })}
        disabled={devices.microphones.length < 2}
      />
      <Checkbox
        label={t('call.soundOnlyWish')}
        checked={!choice.withPicture}
        onChange={(event) => setChoice({ ...choice, withPicture: !event.currentTarget.checked })}
      />
      <Text size="xs" c="dimmed">
        {t('call.directHint')}
      </Text>
      <Button
        disabled={!stream}
        loading={busy}
        onClick={() => {
          if (!stream) return;
          handOver();
          onReady(stream);
        }}
      >
        {t('call.makeLink')}
      </Button>
    </Stack>
  );
}

/** A stream on the screen. */
export function Picture({ stream, label, mirrored = false }: { stream: MediaStream; label: string; mirrored?: boolean }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  return (
    <video
      ref={video}
      className={mirrored ? styles.mirrored : styles.picture}
      aria-label={label}
      autoPlay
      playsInline
      muted={mirrored}
    >
      <track kind="captions" />
    </video>
  );
}
