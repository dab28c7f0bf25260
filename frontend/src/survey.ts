// A customer's questionnaire: one thumb, kept after every answer, taken up again where it was left, sent once.
import { Model, SvgRegistry, surveyLocalization, type QuestionRatingModel } from 'survey-core'
import 'survey-core/i18n/simplified-chinese'
import { renderSurvey } from 'survey-js-ui'

interface Draft {
  data?: Record<string, unknown>
  page?: number
}

// One of the library's drawings carries a style attribute, which the security policy refuses (it is not used here).
const drawings = SvgRegistry.iconsRenderedHtml.bind(SvgRegistry)
SvgRegistry.iconsRenderedHtml = () => drawings().replace(/ style="[^"]*"/g, '')

const place = document.getElementById('survey')
const SAVE_AFTER = 600

function read<T>(id: string | undefined): T | undefined {
  const text = id && document.getElementById(id)?.textContent
  return text ? (JSON.parse(text) as T) : undefined
}

function csrf(): string {
  return document.querySelector<HTMLInputElement>('[name=csrfmiddlewaretoken]')?.value ?? ''
}

function post(url: string, body: unknown): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-CSRFToken': csrf(), Accept: 'application/json' },
    body: JSON.stringify(body),
    keepalive: true,
  })
}

class Questionnaire {
  private timer: number | undefined
  private survey: Model

  constructor(private root: HTMLElement) {
    surveyLocalization.supportedLocales = ['en', 'zh-cn']
    this.survey = new Model(read<object>(root.dataset.modelId ?? 'survey-model') ?? {})
    this.survey.locale = document.documentElement.lang.startsWith('zh') ? 'zh-cn' : 'en'
    // The page has its own heading, and says thanks itself after sending.
    this.survey.showTitle = false
    this.survey.showCompletePage = false
    this.survey.questionErrorLocation = 'bottom'
    this.survey.focusFirstQuestionAutomatic = false
    this.survey.widthMode = 'responsive'
    this.survey.showProgressBar = 'top'
    this.survey.progressBarType = 'questions'
    for (const question of this.survey.getAllQuestions()) {
      // On a narrow page the library would fold the numbers into a menu; a thumb wants them all in sight.
      if (question.getType() === 'rating') (question as QuestionRatingModel).displayMode = 'buttons'
    }
    this.resume()
    this.survey.onValueChanged.add(() => this.later())
    this.survey.onCurrentPageChanged.add(() => {
      this.later()
      this.root.scrollIntoView({ block: 'start' })
    })
    this.survey.onCompleting.add((_sender, options) => {
      options.allow = false
      void this.submit()
    })
    window.addEventListener('pagehide', () => this.timer !== undefined && this.save())
  }

  private resume(): void {
    const draft = read<Draft>(this.root.dataset.draftId ?? 'survey-draft')
    if (!draft) return
    this.survey.data = draft.data ?? {}
    if (draft.page) this.survey.currentPageNo = draft.page
  }

  private later(): void {
    window.clearTimeout(this.timer)
    this.timer = window.setTimeout(() => this.save(), SAVE_AFTER)
  }

  private save(): void {
    window.clearTimeout(this.timer)
    this.timer = undefined
    if (this.root.dataset.saveUrl) {
      post(this.root.dataset.saveUrl, { data: this.survey.data, page: this.survey.currentPageNo }).catch(() => this.later())
    }
  }

  private async submit(): Promise<void> {
    window.clearTimeout(this.timer)
    this.timer = undefined
    try {
      const answer = await post(this.root.dataset.submitUrl ?? '', { data: this.survey.data })
      const said = (await answer.json().catch(() => ({}))) as { next?: string; message?: string; errors?: Record<string, string> }
      if (answer.ok) return location.assign(said.next ?? location.href)
      this.fail(said.message ?? Object.values(said.errors ?? {})[0])
    } catch {
      this.fail(undefined)
    }
  }

  // Nothing is lost: the answers stay on the page and in the draft.
  private fail(message: string | undefined): void {
    const words = read<Record<string, string>>('words')
    const notice = document.createElement('div')
    notice.className = 'notice notice-bad'
    notice.setAttribute('role', 'alert')
    const text = document.createElement('div')
    text.className = 'notice-text'
    text.textContent = message ?? words?.failed ?? ''
    notice.append(text)
    document.getElementById('notices')?.replaceChildren(notice)
    notice.scrollIntoView({ block: 'center' })
  }

  render(): void {
    renderSurvey(this.survey, this.root)
  }
}

if (place) new Questionnaire(place).render()
