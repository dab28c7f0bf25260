"""Names, streets and what people say: the material of the story, in both languages."""

from __future__ import annotations

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红玲建国文斌志强晓燕思远雨桐子涵浩然欣怡嘉宁"
ENGLISH_NAMES = (
    "Emma Clarke",
    "James Miller",
    "Sophie Martin",
    "Daniel Rossi",
    "Anna Kowalski",
    "Luc Moreau",
    "Priya Nair",
    "Tom Becker",
)
STREETS = {
    "riverside": ("滨江大道", "望江路", "长堤街", "芦花巷"),
    "oldtown": ("文庙街", "鼓楼巷", "东门里", "青石路"),
    "hightech": ("科创一路", "云谷大道", "软件园路", "星光街"),
    "lakeside": ("湖滨路", "荷塘街", "柳浪里", "观澜路"),
    "northgate": ("北关大街", "铁桥路", "老厂街", "新建里"),
}
ENGLISH_STREETS = {
    "riverside": "Binjiang Avenue",
    "oldtown": "Wenmiao Street",
    "hightech": "Kechuang First Road",
    "lakeside": "Hubin Road",
    "northgate": "Beiguan Street",
}
# kind -> (Chinese, English) reports
REPORTS: dict[str, tuple[tuple[str, str], ...]] = {
    "gas_leak": (
        (
            "厨房闻到燃气味，已经关阀开窗。",
            "I smell gas in the kitchen. The valve is shut and the windows are open.",
        ),
        ("楼道里有很重的燃气味。", "There is a strong smell of gas in the stairwell."),
        ("家里突然没有燃气了，邻居家正常。", "The gas has stopped; the neighbours still have theirs."),
        ("燃气报警器一直响。", "The gas alarm does not stop."),
    ),
    "appliance_repair": (
        ("热水器打不着火，屏幕显示 E1。", "The water heater does not light and shows E1."),
        ("灶具左边点着后一松手就灭。", "The left burner goes out as soon as I let go."),
        ("壁挂炉不出热水，暖气也不热。", "The boiler gives no hot water and the radiators stay cold."),
        (
            "燃气表不走字，充值后还是没气。",
            "The meter does not count, and after topping up there is still no gas.",
        ),
        ("阀门拧不动，担心关不严。", "The valve cannot be turned; I fear it does not close."),
    ),
    "network_fault": (
        ("小区调压箱有嘶嘶声。", "The regulator box of the estate hisses."),
        ("施工把路边燃气管道挖破了。", "Road works have broken a gas main."),
        ("阀门井盖丢失，车辆经过有危险。", "The cover of a valve pit is missing; cars are in danger."),
    ),
    "complaint": (
        (
            "约好上午上门，等到下午也没有人来。",
            "Somebody was to come in the morning; by the afternoon nobody had.",
        ),
        ("维修师傅态度不好，问题也没有讲清楚。", "The repairman was rude and explained nothing."),
        ("同一个故障修了两次还没有修好。", "The same fault has been repaired twice and is still there."),
        ("账单金额和表上的读数对不上。", "The bill does not match the meter."),
    ),
    "inquiry": (
        ("阶梯气价怎么计算？", "How are the price steps calculated?"),
        ("新房开通燃气需要带什么材料？", "What must I bring to open the gas of a new flat?"),
        ("软管多久换一次？", "How often must the hose be replaced?"),
        ("停气通知在哪里看？", "Where are interruptions announced?"),
    ),
    "service_request": (
        ("申请燃气开户通气。", "I would like my gas supply opened."),
        ("房子过户，需要变更户名。", "The flat has been sold; please change the name."),
        ("想把厨房的燃气管道改到阳台。", "I want the gas pipe moved from the kitchen to the balcony."),
        ("老人行动不便，申请上门办理充值卡。", "My mother cannot walk far; please come to renew her card."),
    ),
    "suggestion": (
        ("建议提前一小时发短信告知上门时间。", "Please send a text an hour before somebody comes."),
        ("建议营业厅中午也开放。", "Please keep the counter open at noon."),
    ),
    "praise": (
        ("孙师傅半夜冒雨上门抢修，非常感谢！", "Mr Sun came through the rain at night. Thank you!"),
        ("客服讲解耐心，问题一次就解决了。", "The desk was patient and solved it at once."),
    ),
}
REPLIES = (
    (
        "您好，已经为您安排，工作人员会尽快与您联系。",
        "We have arranged it; our colleague will call you shortly.",
    ),
    ("您好，情况已了解，我们正在处理。", "Thank you, we understand and are dealing with it."),
    (
        "感谢您的反馈，处理结果已告知，如有问题请随时联系。",
        "Thank you. The outcome has been told to you; do write if anything is left.",
    ),
)
COMMENTS = (
    ("希望能提前告诉我准确的上门时间。", "I wish I had known exactly when somebody would come."),
    ("等得太久了。", "I waited far too long."),
    ("师傅很专业，服务很好。", "The repairman knew his work. Good service."),
    ("第二次才修好，希望一次解决。", "Only the second visit helped; once should be enough."),
    ("态度好，讲解清楚。", "Friendly, and well explained."),
    ("天冷的时候更需要快一点。", "In the cold it should go faster."),
)
