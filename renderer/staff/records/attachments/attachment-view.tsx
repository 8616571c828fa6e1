import { useApolloClient, useQuery } from '@apollo/client/react';
import { Alert, Button, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { IconDeviceFloppy, IconEye, IconFile } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SHOWN_PICTURES } from '../../../../shared/records/attachment.ts';
import { ErrorNotice } from '../../../parts/states.tsx';
import { useFormat } from '../../../parts/words/use-format.ts';
import { attachmentOf } from './attachment-documents.ts';
import { readFile, saveFile } from './attachment-files.ts';
import { openPdf, type PdfPages } from './pdf-pages.ts';

const PDF = 'application/pdf';
/** Bytes; more is saved and opened by a program that is made for it. */
const MOST_SHOWN = 60_000_000;

/** The file behind a record: shown here when it is a picture or a PDF, or saved. */
export function AttachmentView({ patient, record }: { patient: string; record: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useApolloClient();
  const { data } = useQuery(attachmentOf, { variables: { patient, record } });
  const [content, setContent] = useState<Blob | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const file = data?.attachment;
  if (!file) return null;

  const fetched = async (): Promise<Blob | undefined> => {
    if (content) return content;
    setError(null);
    setShare(0);
    try {
      return await readFile(client, { patient, record }, file, setShare);
    } catch (refused) {
      setError(refused);
      return undefined;
    } finally {
      setShare(null);
    }
  };
  const isKind = SHOWN_PICTURES.has(file.type) || file.type === PDF;
  const isShown = isKind && file.size <= MOST_SHOWN;
  return (
    <Paper withBorder p="sm" component="section" aria-label={t('attachment.file')}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Group gap="xs">
            <IconFile size={18} aria-hidden />
            <Text size="sm" fw={600}>
              {file.name}
            </Text>
            <Text size="xs" c="dimmed">
              {format.bytes(file.size)}
            </Text>
          </Group>
          <Group gap="xs">
            {isShown ? (
              <Button
                size="compact-sm"
                leftSection={<IconEye size={14} aria-hidden />}
                disabled={share !== null || content !== null}
                onClick={() => void fetched().then((blob) => blob && setContent(blob))}
              >
                {t('attachment.show')}
              </Button>
            ) : null}
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconDeviceFloppy size={14} aria-hidden />}
              disabled={share !== null}
              onClick={() => void fetched().then((blob) => blob && saveFile(file.name, blob))}
            >
              {t('attachment.save')}
            </Button>
          </Group>
        </Group>
        {isShown ? null : (
          <Text size="xs" c="dimmed">
            {isKind ? t('attachment.tooLarge', { size: format.bytes(MOST_SHOWN) }) : t('attachment.otherKind')}
          </Text>
        )}
        {share === null ? null : <Progress value={100 * share} aria-label={t('attachment.reading')} />}
        {error ? <ErrorNotice error={error} /> : null}
        {content ? file.type === PDF ? <Pdf content={content} /> : <Picture content={content} name={file.name} /> : null}
      </Stack>
    </Paper>
  );
}

function Picture({ content, name }: { content: Blob; name: string }) {
  const { t } = useTranslation();
  const [address, setAddress] = useState('');
  const [spoilt, setSpoilt] = useState(false);
  useEffect(() => {
    const made = URL.createObjectURL(content);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [content]);
  if (spoilt) return <Alert color="orange">{t('attachment.spoilt')}</Alert>;
  return address ? <img src={address} alt={name} style={{ maxWidth: '100%' }} onError={() => setSpoilt(true)} /> : null;
}

function Pdf({ content }: { content: Blob }) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pages, setPages] = useState<PdfPages | null>(null);
  const [number, setNumber] = useState(1);
  const [spoilt, setSpoilt] = useState(false);
  useEffect(() => {
    let opened: PdfPages | undefined;
    openPdf(content).then(
      (made) => {
        opened = made;
        setPages(made);
      },
      () => setSpoilt(true),
    );
    return () => void opened?.close();
  }, [content]);
  useEffect(() => {
    if (pages && canvas.current) pages.draw(number, canvas.current, canvas.current.clientWidth).catch(() => setSpoilt(true));
  }, [pages, number]);
  if (spoilt) return <Alert color="orange">{t('attachment.spoilt')}</Alert>;
  return (
    <Stack gap="xs">
      {pages ? (
        <Group justify="space-between">
          <Button size="compact-sm" variant="default" disabled={number <= 1} onClick={() => setNumber(number - 1)}>
            {t('attachment.before')}
          </Button>
          <Text size="sm" role="status">
            {t('attachment.page', { number, count: pages.count })}
          </Text>
          <Button size="compact-sm" variant="default" disabled={number >= pages.count} onClick={() => setNumber(number + 1)}>
            {t('attachment.next')}
          </Button>
        </Group>
      ) : null}
      <canvas
        ref={canvas}
        role="img"
        aria-label={pages ? t('attachment.page', { number, count: pages.count }) : t('attachment.reading')}
        style={{ width: '100%', background: '#ffffff' }}
      />
    </Stack>
  );
}
