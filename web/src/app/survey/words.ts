/** The words of the page behind a survey's link: it comes to strangers' telephones, with nothing else of the desktop. */
export type Language = 'zh' | 'en'

interface Words {
  title: string
  other: string
  send: string
  thanks: string
  thanks_why: string
  answered: string
  answered_why: string
  expired: string
  expired_why: string
  unknown: string
  unknown_why: string
  unreachable: string
  again: string
  yes: string
  no: string
  required: string
  refused: string
  optional: string
}

export const WORDS: Record<Language, Words> = {
  zh: {
    title: '满意度调查',
    other: 'English',
    send: '提交',
    thanks: '谢谢您的回答',
    thanks_why: '您可以关闭这个页面了。',
    answered: '这个调查已经回答过了',
    answered_why: '每个链接只能回答一次,谢谢。',
    expired: '调查已经结束',
    expired_why: '回答的时间已过,谢谢您的关心。',
    unknown: '没有找到这个调查',
    unknown_why: '链接可能没有复制完整,请核对短信或邮件中的链接。',
    unreachable: '连接不上,您填写的内容还在。请稍后再试。',
    again: '再试一次',
    yes: '是',
    no: '否',
    required: '请回答这个问题',
    refused: '这个回答不对,请改一下',
    optional: '(可不填)',
  },
  en: {
    title: 'Survey',
    other: '中文',
    send: 'Send',
    thanks: 'Thank you for your answer',
    thanks_why: 'You can close this page now.',
    answered: 'This survey was answered already',
    answered_why: 'A link is good for one answer. Thank you.',
    expired: 'This survey is over',
    expired_why: 'The time for it has passed. Thank you for your interest.',
    unknown: 'There is no such survey',
    unknown_why: 'The link may have been copied in part: please compare it with the message.',
    unreachable: 'The server cannot be reached; what you wrote is still here. Please try again later.',
    again: 'Try again',
    yes: 'Yes',
    no: 'No',
    required: 'Please answer this question',
    refused: 'This answer cannot be taken, please change it',
    optional: '(optional)',
  },
}
