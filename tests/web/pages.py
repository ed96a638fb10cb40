"""Documents for the workbench, all invented."""

ENGLISH = """Statement of a nurse of Oreth clinic

I saw soldiers of the Third Column shoot four men dead at the Oreth mill on 3 May 2031.
A driver told me that at least three people were wounded near the bridge.
The Ministry of Calm denies that anybody was killed.
On 4 May 2031 gunmen abducted two teachers from the school in Sedra.
Police detained eleven students in Qarsan on 6 May 2031.
"""

PERSIAN = """من آن شب در نانوایی چنار در قارسان کار می‌کردم. حدود ساعت نه شب دو کامیون آمد.
چهارده تا شانزده نفر از کارگران را بردند. یکی از آنان پریسا تلاور بود.
فردای آن روز گفتند هیچ‌کس بازداشت نشده است.
"""

ARABIC = """قال شاهد إن الجنود قتلوا خمسة رجال قرب المرفأ مساء السبت.
ونفت الوزارة وقوع أي حادث.
"""
