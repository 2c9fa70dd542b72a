/** The words of an event as they are edited: the newest version, channel by channel. */
import type { NoticeChannel, NoticeTemplate, NoticeWording, NoticeWordings } from '@/api/notices'

export const CHANNELS: readonly NoticeChannel[] = ['bell', 'mail', 'sms']

export interface EditedWords extends NoticeWordings {
  revision: string
}

/** What is edited: what is to come, else what holds. */
export const editedOf = (template: NoticeTemplate): EditedWords => {
  const { wordings } = template.coming ?? template.current
  return { ...wordings, revision: template.revision }
}

export const wordingsOf = ({ bell, mail, sms }: EditedWords): NoticeWordings => ({
  ...(bell === undefined ? {} : { bell }),
  ...(mail === undefined ? {} : { mail }),
  ...(sms === undefined ? {} : { sms }),
})

/** One channel in one line, for comparing versions. */
export const said = (words: NoticeWording | undefined): string =>
  words === undefined ? '' : [words.is_on ? '●' : '○', words.title_zh, words.zh, words.title_en, words.en].filter((part) => (part ?? '') !== '').join(' / ')

/** A short message of so many signs is sent in so many parts: 70, or 67 each where it needs several. */
export const partsOf = (text: string): number => (text.length <= 70 ? 1 : Math.ceil(text.length / 67))
