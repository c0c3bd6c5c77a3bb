"""Random texts such as stand in forms: characters in any order, words by frequency, numbers, lists. Nothing is copied from
a form; the words and their frequencies are those of the dictionary of python3-jieba."""

import sys
from functools import lru_cache
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).resolve().parent.parent / "train_numbers"))

import texts  # of the number recognizer
from characters import ASCII, CLASSES, GREEK, LEVEL_1, LEVEL_2, MARKS, NUMERALS, PRINT, SYMBOLS, WIDE

DICTIONARY = Path("/usr/lib/python3/dist-packages/jieba/dict.txt")

# What offices write, word by word; put together at random.
OFFICE = (
    "绩效 目标 指标 年度 项目 名称 预算 资金 金额 总额 执行 执行率 实际 完成 完成值 指标值 分值 得分 自评 评价 单位 部门 主管 实施 申报 填报 "
    "一级 二级 三级 产出 效益 数量 质量 时效 成本 经济 社会 生态 环境 可持续 影响 服务 对象 满意度 满意 偏差 原因 分析 改进 措施 说明 情况 其他 "
    "财政 拨款 结转 上年 当年 本年 全年 全部 其中 合计 总计 备注 联系人 电话 负责人 盖章 公章 日期 万元 属性 类别 新增 延续 经常性 一次性 期限 "
    "立项 依据 必要性 可行性 方案 计划 概况 内容 范围 总体 阶段 进度 安排 保障 制度 健全 管理 办法 规定 监督 检查 验收 合格率 达标率 覆盖率 "
    "及时率 准确率 完成率 使用率 增长率 培训 人次 会议 采购 设备 购置 维护 维修 改造 建设 工程 系统 信息化 平台 运行 经费 补助 补贴 奖励 课题 "
    "研究 调研 宣传 活动 委托 业务 咨询 评审 审计 评估 监测 检测 鉴定 公示 公开 政府 机关 事业 中心 委员会 办公室 局 厅 处 科 所 院 校 街道 乡镇 "
    "提高 提升 有效 显著 明显 逐步 持续 进一步 确保 保证 加强 推进 促进 落实 优化 改善 符合 按时 按期 及时 不低于 不少于 不超过 大于 小于 等于 "
    "率 数 值 分 元 个 项 次 人 天 月 年 家 场 份 期 批 台 套 件 户 公里 平方米 长效 机制 群众 企业 职工 学生 教师 居民 农民 患者 游客 用户"
).split()
LATIN_WORDS = (
    "APP IT GDP PPP ISO CT ICU OA PC AI VPN SQL Word Excel PDF Wi-Fi 5G 4K LED GPS CNAS WTO NGO GIS ERP BIM VR pH PM2.5 CO2 COD SO2 DNA "
    "kg km mm cm ml MW kW kWh GB MB TB Mbps http://www. .gov.cn .com @ No. Email Tel Fax Total Name Unit Budget Project Annual Report the of and in for "
    "system data center Online Version server network software A B C D E I II III IV V X A4 B2 D1 S-100 2.0 V3.1 R&D Q1 Q2 Q3 Q4 Co., Ltd."
).split()
ENDS = "）。”；：、，》】！？"
PAIRS = ("（）", "（）", "（）", "()", "“”", "“”", "《》", "《》", "【】", "〔〕", "「」", "‘’", "〈〉", "[]")
BULLETS = ("1.", "2.", "3.", "1、", "2、", "3、", "（1）", "（2）", "（3）", "(1)", "(2)", "①", "②", "③", "④", "一、", "二、", "三、", "（一）", "（二）", "一是", "二是", "1）", "2)", "★", "●", "■", "□", "☑", "√", "○", "◆", "※", "Ⅰ", "Ⅱ", "⑴", "㈠")
BETWEEN = ["——", *"，，，，，，，，。。。。；；；；、、、、、、、、：：：：··//--和及与的了等在对为一二 "]
BOXES = "□□□□□□☑☑☒☒■√"  # before what can be chosen
OTHERS = "".join(c for c in PRINT if c not in ASCII)


@lru_cache(maxsize=None)
def dictionary():
    """(words, cumulative shares, characters, cumulative shares)"""
    words, counts, heard = [], [], {}
    for line in DICTIONARY.read_text(encoding="utf-8").splitlines():
        word, count = line.split(" ")[:2]
        if len(word) > 6 or not all(char in CLASSES and char >= "一" for char in word):
            continue
        words.append(word)
        counts.append(float(count) + 1)
        for char in word:
            heard[char] = heard.get(char, 0.0) + float(count)
    share = np.power(counts, 0.45)
    characters = list(heard)
    often = np.power(np.array(list(heard.values())) + 20.0, 0.4)
    return words, np.cumsum(share) / share.sum(), characters, np.cumsum(often) / often.sum()


def word(rng):
    if rng.random() < 0.35:
        return OFFICE[int(rng.integers(0, len(OFFICE)))]
    words, shares, _, _ = dictionary()
    return words[int(np.searchsorted(shares, rng.random()))]


def pick(rng, characters):
    return characters[int(rng.integers(0, len(characters)))]


def han(rng):
    """One character: the frequent ones far more often."""
    dice = rng.random()
    if dice < 0.52:
        _, _, characters, shares = dictionary()
        return characters[min(int(np.searchsorted(shares, rng.random())), len(characters) - 1)]
    return pick(rng, LEVEL_1) if dice < 0.83 else pick(rng, LEVEL_2)


def anything(rng):
    dice = rng.random()
    if dice < 0.72:
        return han(rng)
    if dice < 0.80:
        return pick(rng, ENDS + MARKS)
    if dice < 0.87:
        return pick(rng, "0123456789")
    if dice < 0.93:
        return pick(rng, ASCII)
    return pick(rng, OTHERS)


def scrambled(rng, length):
    if rng.random() < 0.5:
        text = "".join(han(rng) for _ in range(length))
    else:
        text = "".join(anything(rng) for _ in range(length))
    return text


def figure(rng):
    if rng.random() < 0.06:  # what a program prints where it has no unit
        return str(rng.choice(["≥", "=", "", "<"])) + texts.number(rng) + "(null)"
    return (texts.quantity, texts.money, texts.number, texts.percent, texts.date, texts.between, texts.other)[int(rng.integers(0, 7))](rng)


def widened(rng, text):
    """Chinese typists use the wide signs."""
    if rng.random() < 0.5:
        return text
    return text.translate(str.maketrans("():;,!?~", "（）：；，！？～")) if not any(c.isdigit() for c in text) else text.translate(str.maketrans("():;", "（）：；"))


def sentence(rng, length):
    parts, size = [], 0
    if rng.random() < 0.2:
        parts.append(pick(rng, BULLETS))
    while size < length:
        dice = rng.random()
        if dice < 0.55:
            piece = word(rng)
        elif dice < 0.65:
            piece = widened(rng, figure(rng))
        elif dice < 0.73:
            left, right = PAIRS[int(rng.integers(0, len(PAIRS)))]
            piece = left + "".join(word(rng) for _ in range(int(rng.integers(1, 3)))) + right
        elif dice < 0.77:
            piece = pick(rng, LATIN_WORDS) if rng.random() < 0.5 else latin(rng)
        elif dice < 0.80:
            piece = han(rng)
        else:
            piece = pick(rng, BETWEEN)
        parts.append(piece)
        size += len(piece)
    text = "".join(parts)
    if len(text) > length:  # a line breaks anywhere
        start = int(rng.integers(0, len(text) - length + 1)) if rng.random() < 0.5 else 0
        text = text[start : start + length]
    return text


def label(rng):
    text = "".join(word(rng) for _ in range(int(rng.integers(1, 4))))
    dice = rng.random()
    if dice < 0.15:
        text += "：" if rng.random() < 0.7 else ":"
    elif dice < 0.3:
        inside = str(rng.choice(["万元", "元", "%", "分", "A", "B", "10分", "90分", word(rng), str(rng.integers(1, 100))]))
        text += f"（{inside}）" if rng.random() < 0.7 else f"({inside})"
    return text


def choices(rng):
    """"□是☑否": what is printed to be ticked."""
    text = ""
    for _ in range(int(rng.integers(1, 5))):
        words = "".join(word(rng) for _ in range(int(rng.integers(1, 3))))
        box = pick(rng, BOXES)
        text += box + words if rng.random() < 0.6 else words + box
        text += " " if rng.random() < 0.4 else ""
    return text


def latin(rng):
    """A word that no language has, with the letters of English."""
    letters = "".join(pick(rng, "eeeeeettttaaaooiiinnnssshhrrddlluuccmmffyywwggppbbvvkxqjz") for _ in range(int(rng.integers(2, 10))))
    dice = rng.random()
    text = letters if dice < 0.35 else letters.capitalize() if dice < 0.6 else letters.upper()
    return text + ("" if rng.random() < 0.8 else str(rng.choice(["-", "2.0", "2024", ".com", "/", "&"])))


def code(rng):
    return "".join(pick(rng, ASCII) for _ in range(int(rng.integers(2, 14))))


def sample(rng, length, random_share):
    """A text of about `length` characters; `random_share` of the texts are characters in any order."""
    if rng.random() < random_share:
        text = scrambled(rng, length)
    else:
        dice = rng.random()
        if dice < 0.44:
            text = sentence(rng, length)
        elif dice < 0.60:
            text = label(rng)[: max(length, 2)]
        elif dice < 0.65:
            text = choices(rng)[: max(length, 3)]
        elif dice < 0.88:
            text = widened(rng, figure(rng))[: max(length, 4)]
        elif dice < 0.92:
            text = code(rng)[: max(length, 4)]
        elif dice < 0.95:
            text = " ".join(pick(rng, LATIN_WORDS) if rng.random() < 0.5 else latin(rng) for _ in range(3))[: max(length, 6)]
        else:
            text = anything(rng)  # alone: nothing beside it tells its size
    if rng.random() < 0.3:
        text += pick(rng, ENDS)
    if rng.random() < 0.05:
        text += pick(rng, ENDS)
    return text.strip()
