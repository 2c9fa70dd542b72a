/** The theme. Every pair of text and ground has a contrast of at least 4.5:1, controls 3:1. */
import type { ThemeConfig } from 'antd'

export const THEME: ThemeConfig = {
  cssVar: { key: 'lianxi' },
  hashed: false,
  token: {
    colorPrimary: '#0958d9',
    // Hover and press go darker: the derived, lighter ones fall below 4.5:1 on white.
    colorPrimaryHover: '#003eb3',
    colorPrimaryActive: '#002c8c',
    colorLink: '#0958d9',
    colorLinkHover: '#003eb3',
    colorLinkActive: '#002c8c',
    colorInfo: '#0958d9',
    colorSuccess: '#237804',
    colorSuccessBg: '#f6ffed',
    colorWarning: '#ad4e00',
    colorWarningBg: '#fff7e6',
    colorError: '#cf1322',
    colorErrorBg: '#fff1f0',
    colorTextTertiary: 'rgba(0,0,0,.65)',
    colorTextDescription: 'rgba(0,0,0,.65)',
    colorTextPlaceholder: 'rgba(0,0,0,.6)',
    colorTextQuaternary: 'rgba(0,0,0,.6)',
    colorTextDisabled: 'rgba(0,0,0,.6)',
    colorBorder: '#8c8c8c',
    fontFamily: '"PingFang SC","Microsoft YaHei UI","Noto Sans CJK SC",system-ui,sans-serif',
    fontSize: 14,
    controlHeightSM: 28,
  },
}
