package outline

import (
	"strings"
	"unicode/utf8"
)

// simplify maps the traditional characters that stand for those of our tables and patterns. It need not know others: a
// character that no rule looks at may stay as it is.
var simplify = newSimplify()

// pairs are the characters of simplify, traditional and simplified. They are those of the project's table for folding
// (analyzers/data/simplified.txt) whose simplified form occurs in this package; all take three bytes, so that folding
// moves no offset.
const pairs = "" +
	"乾干 佈布 來来 侷局 係系 個个 備备 傢家 傳传 價价 億亿 儘尽 優优 內内 兩两 則则 剋克 創创 劃划 動动 務务 匯汇 區区 協协 參参 員员 唸念 問问 單单 噸吨 噹当 嚮向 嚴严 國国 " +
	"圍围 埰采 執执 堅坚 報报 場场 塊块 壓压 夠够 學学 寀采 實实 審审 寬宽 將将 專专 對对 導导 屆届 層层 嵗岁 師师 幹干 幾几 廢废 廳厅 張张 強强 彔录 彙汇 後后 從从 復复 徵征 " +
	"徹彻 態态 憲宪 應应 戰战 戶户 捲卷 採采 揮挥 搶抢 撐撑 擊击 擔担 據据 擬拟 擺摆 敎教 敗败 數数 斷断 於于 旂旗 昇升 時时 曏向 書书 會会 査查 條条 楓枫 業业 極极 榦干 構构 " +
	"樓楼 標标 橋桥 機机 檢检 檯台 欄栏 權权 歲岁 汙污 決决 況况 減减 準准 滙汇 潔洁 濟济 災灾 為为 無无 熱热 營营 爭争 爲为 現现 環环 產产 産产 畝亩 當当 療疗 盡尽 監监 眞真 " +
	"眾众 睏困 確确 稅税 稱称 積积 穩稳 競竞 箇个 節节 範范 簡简 簽签 籌筹 籤签 糾纠 紀纪 約约 紛纷 紮扎 細细 終终 組组 結结 絡络 統统 經经 綜综 綫线 維维 網网 緊紧 線线 編编 " +
	"練练 縣县 總总 績绩 織织 繞绕 繫系 繼继 續续 纔才 罰罚 羣群 習习 聯联 職职 聽听 脩修 臨临 臺台 與与 興兴 舉举 舊旧 華华 萬万 蓆席 蔘参 處处 號号 衆众 衕同 衛卫 裏里 補补 " +
	"裝装 裡里 製制 複复 襬摆 覈核 見见 規规 視视 覺觉 觀观 訂订 計计 討讨 訓训 記记 訟讼 訪访 設设 許许 訴诉 註注 証证 評评 詞词 試试 話话 該该 誌志 認认 語语 誠诚 說说 説说 " +
	"誰谁 課课 調调 請请 論论 諧谐 諾诺 謀谋 講讲 證证 識识 議议 護护 讀读 變变 負负 財财 貫贯 責责 費费 資资 賦赋 質质 較较 載载 輕轻 輛辆 輪轮 輿舆 轉转 辦办 農农 迴回 週周 " +
	"進进 運运 過过 違违 遶绕 邁迈 還还 郵邮 鄉乡 醫医 釋释 針针 釦扣 銜衔 錄录 録录 錶表 鍵键 鍼针 鎭镇 鎮镇 鏈链 長长 門门 開开 閤合 闆板 關关 陞升 隊队 階阶 隨随 險险 隱隐 " +
	"雖虽 雙双 離离 難难 電电 靜静 韆千 響响 頁页 頂顶 項项 須须 預预 領领 題题 顯显 風风 颱台 養养 餘余 饋馈 驗验 體体 髮发 鬚须 麪面 麫面 麵面 點点 黨党 齊齐 齣出"

func newSimplify() map[rune]rune {
	m := make(map[rune]rune)
	for _, pair := range strings.Fields(pairs) {
		from, size := utf8.DecodeRuneInString(pair)
		to, _ := utf8.DecodeRuneInString(pair[size:])
		m[from] = to
	}
	return m
}

// fold returns text with the characters that the rules look at simplified. Each keeps its place in bytes.
func fold(text string) string {
	var b []byte
	for i, r := range text {
		// Nothing below the Han characters is folded, and this is the loop over the whole text.
		if r < '一' {
			continue
		}
		to, ok := simplify[r]
		if !ok {
			continue
		}
		if b == nil {
			b = []byte(text)
		}
		utf8.EncodeRune(b[i:i+utf8.RuneLen(to)], to)
	}
	if b == nil {
		return text
	}
	return string(b)
}
